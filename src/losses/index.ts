export {EqualizationLoss, type EqualizationLossOptions} from './equalization_loss';
export {Loss, type LossContext} from './loss';
export {SoftmaxEqualizationLoss, type SoftmaxEqualizationLossOptions} from './softmax_equalization_loss';
export {TailLoss, type TailLossOptions} from './tail_loss';
export {type Threshold, tailWeights} from './threshold';
