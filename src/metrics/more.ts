// Metrics not included in the main entry. Registered with tfjs under `longtail>className` by index.ts.
export {AreaUnderROC} from './area_under_roc';
export {AveragePrecision} from './average_precision';
export type {ScoreThreshold} from './class_counts';
export {type CalibrationOptions, ExpectedCalibrationError} from './expected_calibration_error';
export {F1} from './f1';
export {MatthewsCorrelation} from './matthews_correlation';
export {MeanAveragePrecision} from './mean_average_precision';
export {PerClassMetric, type PerClassOptions} from './per_class_metric';
export {Precision} from './precision';
export {RankingMetric, type RankingOptions} from './ranking_metric';
export {type ClassCounts, RatioMetric, type RatioOptions} from './ratio_metric';
export {Recall} from './recall';
export type {Activation} from './score_rows';
export {TopK, type TopKOptions} from './top_k';
