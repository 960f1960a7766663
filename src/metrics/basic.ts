export {Metric, type MetricContext} from '../core/metric';
export {BalancedAccuracy} from './balanced_accuracy';
export {BinaryAccuracy} from './binary_accuracy';
export {BinaryBalancedAccuracy} from './binary_balanced_accuracy';
export {type ConfusionBatchOptions, ConfusionMatrix} from './confusion_matrix';
export {ForegroundAccuracy} from './foreground_accuracy';
export {GroupAccuracy, type GroupAccuracyOptions} from './group_accuracy';
export {type MetricOptions, PredictionMetric} from './prediction_metric';
