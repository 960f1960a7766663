export {BalancedAccuracy} from './balanced_accuracy';
export {ForegroundAccuracy} from './foreground_accuracy';
export {GroupAccuracy, type GroupAccuracyOptions} from './group_accuracy';
export {Metric} from './metric';
