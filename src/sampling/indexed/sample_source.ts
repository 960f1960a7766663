import type {Tensor} from '@tensorflow/tfjs-core';
import {Random} from '../../core/random';

/** A tensor, or several by the names of a model's inputs or outputs. */
export type BatchTensors = Tensor | {[name: string]: Tensor};

/** What `fitDataset` takes. */
export interface Batch {
  /** Inputs, `[b, …]`. */
  xs: BatchTensors;
  /** Targets, `[b, …]`. */
  ys: BatchTensors;
}

/** What a `transform` or `get` knows of the sample that it makes. */
export interface SampleContext {
  /** Its index in the data. */
  index: number;
  /** The passes begun before this one. */
  epoch: number;
  /**
   * Seeded by the dataset's seed, the epoch and the sample's place in it, so that a resumed run augments as an
   * uninterrupted one, and an image that an epoch shows twice is augmented in two ways.
   */
  random: Random;
}

/** Which samples a batch has. */
export interface BatchRequest {
  indices: Int32Array;
  seed: number;
  epoch: number;
  /** The place of the batch's first sample in the epoch. */
  place: number;
}

/** Where an indexed dataset has its samples from. */
export interface SampleSource {
  readonly length: number;
  batch(request: BatchRequest): Batch | Promise<Batch>;
}

/** The context of the k-th sample of a batch. */
export function sampleContext({indices, seed, epoch, place}: BatchRequest, k: number): SampleContext {
  return {index: indices[k], epoch, random: Random.of(seed, 'sample', epoch, place + k)};
}
