import '../report/linkedom_document';

export {
  type ComparisonRow,
  compareGroups,
  compareModels,
  type ModelAccuracy,
  type ModelComparisonRow,
} from '../report/comparison';
export type {ConfusionOptions} from '../report/confusion_matrix';
export type {Estimate} from '../report/estimate';
export type {ClassGradients, LossGradients, NamedGradients} from '../report/gradient_shares';
export type {HistoryRuns, HistoryValues, NamedHistory} from '../report/history_runs';
export type {ModelPredictions, NamedPredictions} from '../report/model_runs';
export type {Judgements, NamedRun, RecallPictureOptions, RunHistory, Runs} from '../report/pictures';
export {type ClassResult, type ClassResultsOptions, classResults} from '../report/results';
export type {SampleClasses} from '../report/sample_classes';
export type {Look, Setting} from '../report/theme';
export type {Output} from './output';
export {show} from './show';
export type {TableOptions, TableRow} from './table_of';
