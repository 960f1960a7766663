// Every loss here is public, and registered with tfjs under `longtail>className`.
export {Loss, type LossContext} from '../core/loss';
export {AsymmetricLoss, type AsymmetricLossOptions} from './asymmetric_loss';
export {BalancedSoftmaxLoss, type BalancedSoftmaxLossOptions} from './balanced_softmax_loss';
export {FrequencyLoss, type FrequencyLossOptions} from './base/frequency_loss';
export {RowLoss, type RowLossOptions} from './base/row_loss';
export {StatefulLoss, type StatefulLossOptions} from './base/stateful_loss';
export type {TailLoss, TailLossOptions} from './base/tail_loss';
export {type Threshold, tailWeights} from './base/threshold';
export {ClassBalancedLoss, type ClassBalancedLossOptions} from './class_balanced_loss';
export {
  ClassDependentTemperatureLoss,
  type ClassDependentTemperatureLossOptions,
} from './class_dependent_temperature_loss';
export {EqualizationLoss, type EqualizationLossOptions} from './equalization_loss';
export {EqualizationLossV2, type EqualizationLossV2Options} from './equalization_loss_v2';
export {FocalLoss, type FocalLossOptions} from './focal_loss';
export {
  LabelAwareSmoothingLoss,
  type LabelAwareSmoothingLossOptions,
  type SmoothingShape,
} from './label_aware_smoothing_loss';
export {LDAMLoss, type LDAMLossOptions} from './ldam_loss';
export {LogitAdjustedLoss, type LogitAdjustedLossOptions} from './logit_adjusted_loss';
export {SeesawLoss, type SeesawLossOptions} from './seesaw_loss';
export {SigmoidCrossEntropy} from './sigmoid_cross_entropy';
export {SoftmaxCrossEntropy} from './softmax_cross_entropy';
export {SoftmaxEqualizationLoss, type SoftmaxEqualizationLossOptions} from './softmax_equalization_loss';
