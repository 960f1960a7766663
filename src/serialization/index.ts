export {type RegisterOptions, registerLoss, registerMetric} from '../core/registry';
