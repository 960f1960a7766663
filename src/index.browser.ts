import {registerLossKernels} from './kernels/losses/register';
import {installKerasLift} from './serialization/keras/install_keras_lift';
import {registerClasses} from './serialization/register';
import {watchForSecondTfjs} from './serialization/second_tfjs';

registerClasses();
installKerasLift();
registerLossKernels();
watchForSecondTfjs();

export type {Constructor} from './core/constructor';
export {ValueError} from './core/errors';
export {
  type ClassCountRow,
  ClassFrequency,
  type ClassFrequencyArgs,
  ClassFrequencyCounter,
  type ClassFrequencyCounterArgs,
  type ClassFrequencyCounterJSON,
  type ClassFrequencyJSON,
  type ClassFrequencyOptions,
  type ClassWeightsOptions,
  type CountingProgress,
  type CountsByClass,
  classFrequency,
  classWeights,
  type ElementIterator,
  type ElementSource,
  type FreqInfoFromCountsOptions,
  type FrequencyGroup,
  type FrequencyGroups,
  type FrequencyInfo,
  freqInfoFromCounts,
  frequencyGroups,
  type GroupBounds,
  IMAGENET_LT_GROUPS,
  type LabelKind,
  type LabelOptions,
  type LabelSelector,
  LVIS_GROUPS,
  lambdaForTailRatio,
  QUANTILE_GROUPS,
  tailRatio,
} from './frequency';
export type {LossElement} from './kernels/losses/element';
export {type RowFormula, rowLosses} from './kernels/losses/formula';
export type {LossPass} from './kernels/losses/loss_op';
export {labelsToIndices} from './labels/class_names';
export type {LabelForm} from './labels/label_form';
export type {Labels} from './labels/labels';
export * from './losses/index';
export {
  BalancedAccuracy,
  BinaryAccuracy,
  BinaryBalancedAccuracy,
  type ConfusionBatchOptions,
  ConfusionMatrix,
  ForegroundAccuracy,
  GroupAccuracy,
  type GroupAccuracyOptions,
  Metric,
  type MetricContext,
  type MetricOptions,
  type PredictionMetric,
} from './metrics/basic';
export {type RegisterOptions, registerLoss, registerMetric} from './serialization';
export {type AdjustLogitsOptions, adjustLogits} from './training/adjust_logits';
export {type RecommendOptions, recommend} from './training/recommend/recommend';
export type {
  Recommendation,
  RecommendedAlternative,
  RecommendedSampler,
  RecommendedTask,
} from './training/recommend/recommendation';
export {type TauNormalizeOptions, tauNormalize} from './training/tau_normalize';
export {withAdjustedLogits} from './training/with_adjusted_logits';
export {type WithProbabilitiesOptions, withProbabilities} from './training/with_probabilities';
