export {type ClassFrequenciesOptions, classFrequencies} from './class_frequencies';
export {comparisonColumns, signed} from './comparison_columns';
export {type ConfusionOptions, confusionMatrix} from './confusion_matrix';
export {type ClassGradients, gradientShares} from './gradient_shares';
export {type HistoryValues, historyFigure} from './history_figure';
export {type RecallFigureOptions, recallByFrequency} from './recall_by_frequency';
export {
  type ClassResult,
  type ClassResultsOptions,
  type ComparisonRow,
  classResults,
  compareGroups,
} from './results';
export {type Column, escapeHtml, htmlTable, textTable} from './table';
export {type TailRatioCurveOptions, tailRatioCurve} from './tail_ratio_curve';
export type {Setting} from './theme';
