export {type ClassFrequenciesOptions, classFrequencies} from './class_frequencies';
export {
  type ComparisonRow,
  compareGroups,
  compareModels,
  type ModelAccuracy,
  type ModelComparisonRow,
} from './comparison';
export {comparisonColumns, modelColumns, signed} from './comparison_columns';
export {type ConfusionOptions, confusionMatrix} from './confusion_matrix';
export {type Estimate, estimate} from './estimate';
export {
  type ClassGradients,
  gradientShares,
  type LossGradients,
  type NamedGradients,
} from './gradient_shares';
export {historyFigure} from './history_figure';
export type {HistoryRuns, HistoryValues, NamedHistory} from './history_runs';
export {type IntervalFigureOptions, type IntervalRow, intervalFigure} from './interval_figure';
export type {ModelPredictions, NamedPredictions} from './model_runs';
export {type RecallFigureOptions, recallByFrequency} from './recall_by_frequency';
export {type ClassResult, type ClassResultsOptions, classResults} from './results';
export {type SweepFigureOptions, type SweepPoint, sweepFigure} from './sweep_figure';
export {type Column, escapeHtml, htmlTable, textTable} from './table';
export {type TailRatioCurveOptions, tailRatioCurve} from './tail_ratio_curve';
export type {Setting} from './theme';
