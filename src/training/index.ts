export {type AdjustLogitsOptions, adjustLogits} from './adjust_logits';
export {type DeferredOptions, deferred} from './deferred';
export type {LabeledData} from './frozen_features';
export {type LearnedScales, learnableWeightScaling} from './learnable_weight_scaling';
export {type NearestClassMeanOptions, nearestClassMean} from './nearest_class_mean';
export {priorBias, type SetPriorBiasOptions, setPriorBias} from './prior_bias';
export {type RecommendOptions, recommend} from './recommend/recommend';
export type {
  Recommendation,
  RecommendedAlternative,
  RecommendedSampler,
  RecommendedTask,
} from './recommend/recommendation';
export {type RetrainClassifierOptions, retrainClassifier} from './retrain_classifier';
export {type TauNormalizeOptions, tauNormalize} from './tau_normalize';
export type {TrainHeadOptions} from './train_head';
export {withAdjustedLogits} from './with_adjusted_logits';
export {type WithProbabilitiesOptions, withProbabilities} from './with_probabilities';
