/**
 * Pictures, tables and reports of models on a dataset. In pages `draw` draws into elements; on Node and in notebooks
 * `tfjs-longtail/notebook` shows the same pictures. Needs @observablehq/plot.
 *
 * @module tfjs-longtail/report
 */
export {
  type ChooseThresholdsOptions,
  type ChosenThresholds,
  chooseThresholds,
  type ThresholdCounts,
} from './choose_thresholds';
export {type ClassFrequenciesOptions, classFrequencies} from './class_frequencies';
export {
  ClassificationReport,
  type ClassificationReportJSON,
  type ClassificationReportOptions,
  classificationReport,
} from './classification_report';
export {
  type ComparisonRow,
  compareGroups,
  compareModels,
  type ModelAccuracy,
  type ModelComparisonRow,
} from './comparison';
export {comparisonColumns, modelColumns, signed} from './comparison_columns';
export {type ConfusedPair, type ConfusedPairsOptions, confusedPairs, mostConfused} from './confused_pairs';
export {type ConfusionOptions, confusionMatrix} from './confusion_matrix';
export {type Drawing, draw} from './draw';
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
export type {JudgeOptions} from './judge_options';
export type {Models, NamedModel, Predictor} from './judged_batches';
export type {ModelPredictions, NamedPredictions} from './model_runs';
export type {Judgements, NamedRun, RecallPictureOptions, RunHistory, Runs} from './pictures';
export type {PrecisionRecallPoint} from './pooled_curve';
export {
  type GroupCurve,
  type ModelCurves,
  type PrecisionRecallOptions,
  precisionRecall,
  precisionRecallCurves,
} from './precision_recall';
export {type RecallFigureOptions, recallByFrequency} from './recall_by_frequency';
export {
  type CalibrationBin,
  type CalibrationReportOptions,
  calibration,
  type ModelCalibration,
  reliabilityDiagram,
} from './reliability';
export type {ModelReport, ReportClass, ReportGroup, ReportScores} from './report_rows';
export {type ClassResult, type ClassResultsOptions, classResults} from './results';
export type {SampleClasses} from './sample_classes';
export {type SweepFigureOptions, type SweepPoint, sweepFigure} from './sweep_figure';
export {type Column, escapeHtml, htmlTable, textTable} from './table';
export {type TailRatioCurveOptions, tailRatioCurve} from './tail_ratio_curve';
export type {Look, Setting} from './theme';
