import {registerLossKernels} from './kernels/losses/register';
import {installKerasLift} from './serialization/keras/install_keras_lift';
import './serialization/register';
import {watchForSecondTfjs} from './serialization/second_tfjs';

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
  tailRatio,
} from './frequency';
export {type RowFormula, rowLosses} from './kernels/losses/formula';
export type {LabelForm, Labels} from './labels/labels';
export {
  AsymmetricLoss,
  type AsymmetricLossOptions,
  BalancedSoftmaxLoss,
  type BalancedSoftmaxLossOptions,
  ClassBalancedLoss,
  type ClassBalancedLossOptions,
  ClassDependentTemperatureLoss,
  type ClassDependentTemperatureLossOptions,
  EqualizationLoss,
  type EqualizationLossOptions,
  EqualizationLossV2,
  type EqualizationLossV2Options,
  FocalLoss,
  type FocalLossOptions,
  FrequencyLoss,
  type FrequencyLossOptions,
  LabelAwareSmoothingLoss,
  type LabelAwareSmoothingLossOptions,
  LDAMLoss,
  type LDAMLossOptions,
  LogitAdjustedLoss,
  type LogitAdjustedLossOptions,
  Loss,
  type LossContext,
  RowLoss,
  SeesawLoss,
  type SeesawLossOptions,
  SigmoidCrossEntropy,
  type SmoothingShape,
  SoftmaxCrossEntropy,
  SoftmaxEqualizationLoss,
  type SoftmaxEqualizationLossOptions,
  StatefulLoss,
  type StatefulLossOptions,
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
export {
  type AdjustLogitsOptions,
  adjustLogits,
  type TauNormalizeOptions,
  tauNormalize,
  type WithProbabilitiesOptions,
  withAdjustedLogits,
  withProbabilities,
} from './training';
