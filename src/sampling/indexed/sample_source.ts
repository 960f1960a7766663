import type {Tensor} from '@tensorflow/tfjs-core';
import {Random} from '../../core/random';

/** A tensor, or several by the names of a model's inputs or outputs. */
export type BatchTensors = Tensor | {[name: string]: Tensor};

/** A batch that `fitDataset` accepts. */
export interface Batch {
  /** Inputs, `[b, …]`. */
  xs: BatchTensors;
  /** Targets, `[b, …]`. */
  ys: BatchTensors;
}

/** Context for a `transform` or `get` about the sample that it makes. */
export interface SampleContext {
  /** Its index in the data. */
  index: number;
  /** Passes begun before this one. */
  epoch: number;
  /**
   * Seeded by the dataset's seed, the epoch and the sample's position in it: a resumed run augments like an
   * uninterrupted one, and an image shown twice in an epoch is augmented in two ways.
   */
  random: Random;
}

/** The samples of a batch. */
export interface BatchRequest {
  indices: Int32Array;
  seed: number;
  epoch: number;
  /** The position of the batch's first sample in the epoch. */
  place: number;
}

/** The source of an indexed dataset's samples. */
export interface SampleSource {
  readonly length: number;
  batch(request: BatchRequest): Batch | Promise<Batch>;
}

/** The context of the k-th sample of a batch. */
export function sampleContext({indices, seed, epoch, place}: BatchRequest, k: number): SampleContext {
  return {index: indices[k], epoch, random: Random.of(seed, 'sample', epoch, place + k)};
}
