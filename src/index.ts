import {installKerasLift} from './io/install_keras_lift';
import {registerLossKernels} from './kernels/register';
import './serialization/register';

installKerasLift();
registerLossKernels();

export {ValueError} from './errors';
export {
  type ClassCountRow,
  ClassFrequency,
  type ClassFrequencyArgs,
  ClassFrequencyCounter,
  type ClassFrequencyCounterArgs,
  type ClassFrequencyCounterJSON,
  type ClassFrequencyJSON,
  type ClassFrequencyOptions,
  type CountingProgress,
  classFrequency,
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
  tailRatio,
} from './frequency';
export {
  EqualizationLoss,
  type EqualizationLossOptions,
  Loss,
  type LossContext,
  SoftmaxEqualizationLoss,
  type SoftmaxEqualizationLossOptions,
  type TailLoss,
  type TailLossOptions,
  type Threshold,
  tailWeights,
} from './losses';
export {
  BalancedAccuracy,
  BinaryAccuracy,
  BinaryBalancedAccuracy,
  ForegroundAccuracy,
  GroupAccuracy,
  type GroupAccuracyOptions,
  Metric,
  type MetricContext,
  type MetricOptions,
  type PredictionMetric,
} from './metrics';
export {type RegisterOptions, registerLoss, registerMetric} from './serialization';
