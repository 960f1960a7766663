/**
 * Re-sampling for long tails: which images an epoch shows, and how often.
 *
 * @module tfjs-longtail/sampling
 */

export type {Random} from '../core/random';
export {classAware, squareRoot} from './class_power';
export {ImageClasses, type ImageClassesOptions} from './image_classes';
export type {SampleTransform, SampleValues} from './indexed/array_source';
export type {SampleElement, SampleValue} from './indexed/collate';
export type {GetSample, IndexedSample} from './indexed/get_source';
export {type ArrayData, type IndexedArraysOptions, indexedArrays} from './indexed/indexed_arrays';
export type {BatchDataset, BatchIterator, BatchingOptions, IndexedDataset} from './indexed/indexed_dataset';
export {type IndexedData, type IndexedDatasetOptions, indexedDataset} from './indexed/indexed_samples';
export type {SamplerLabelOptions} from './indexed/lazy_classes';
export type {BatchValues, NumericArray, SampleArray, SampleArrays, ShapedArray} from './indexed/sample_array';
export type {Batch, BatchTensors, SampleContext} from './indexed/sample_source';
export type {SamplingState} from './indexed/sampling_state';
export {type ProgressiveOptions, progressive} from './progressive';
export {type RepeatFactorOptions, repeatFactor} from './repeat_factor';
export type {Sampler, SamplerContext, SamplerRecord} from './sampler';
export type {ElementLabelOptions} from './streams/element_classes';
export {type MixupOptions, mixup} from './streams/mixup';
export {type RejectionResampleOptions, rejectionResample} from './streams/rejection_resample';
export {type RemixOptions, remix} from './streams/remix';
export {type RepeatFactorSamplingOptions, repeatFactorSampling} from './streams/repeat_factor_sampling';
export {type UndersampleHeadOptions, undersampleHead} from './streams/undersample_head';
export {uniform} from './uniform';
