export {ClassFrequency, type ClassFrequencyArgs, type ClassFrequencyJSON} from './class_frequency';
export {ClassFrequencyCounter} from './class_frequency_counter';
export {type ClassWeightsOptions, classWeights} from './class_weights';
export type {ClassFrequencyCounterArgs, ClassFrequencyCounterJSON} from './counter_options';
export {type ClassFrequencyOptions, type CountingProgress, classFrequency} from './dataset_frequency';
export {
  type ClassCountRow,
  type CountsByClass,
  type FreqInfoFromCountsOptions,
  freqInfoFromCounts,
} from './freq_info_from_counts';
export {type FrequencyInfo, frequenciesOf, isCounted, namesOf} from './frequencies_of';
export {
  type FrequencyGroup,
  type FrequencyGroups,
  frequencyGroups,
  type GroupBounds,
  IMAGENET_LT_GROUPS,
  LVIS_GROUPS,
  QUANTILE_GROUPS,
} from './frequency_groups';
export type {LabelKind, LabelOptions} from './reading/element_form';
export type {ElementIterator, ElementSource, LabelSelector} from './reading/element_source';
export {
  deserializeFrequencyInfo,
  type FrequencyInfoJSON,
  serializeFrequencyInfo,
} from './serialize_frequency_info';
export {lambdaForTailRatio, tailRatio} from './tail_ratio';
