import './require_peers';

export type {ConfusionOptions} from '../report/confusion_matrix';
export type {ClassGradients} from '../report/gradient_shares';
export type {HistoryValues} from '../report/history_figure';
export {
  type ClassResult,
  type ClassResultsOptions,
  type ComparisonRow,
  classResults,
  compareGroups,
} from '../report/results';
export type {Setting} from '../report/theme';
export type {Output} from './output';
export {show} from './show';
export type {TableOptions, TableRow} from './table_of';
