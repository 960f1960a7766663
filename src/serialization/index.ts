export {type RegisterOptions, registerLoss, registerMetric} from './registry';
