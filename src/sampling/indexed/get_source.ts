import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {disposeElement} from '../../frequency/reading/dispose_element';
import {collate, type SampleElement} from './collate';
import {
  type Batch,
  type BatchRequest,
  type SampleContext,
  type SampleSource,
  sampleContext,
} from './sample_source';

/** A sample, as `get` returns it. */
export interface IndexedSample {
  /** Its input, or inputs by name. */
  xs: SampleElement;
  /** Its target, or targets by name. */
  ys: SampleElement;
}

/** Reads or makes one sample. */
export type GetSample = (index: number, context: SampleContext) => IndexedSample | Promise<IndexedSample>;

/** Samples returned by a function; those of a batch are requested concurrently. */
export class GetSource implements SampleSource {
  readonly length: number;

  constructor(
    length: number,
    private readonly get: GetSample,
  ) {
    this.length = requireInteger('length', length, 1);
    if (typeof get !== 'function') reject('get', 'a function', get);
  }

  async batch(request: BatchRequest): Promise<Batch> {
    const asked = Array.from(request.indices, async (index, k) => this.get(index, sampleContext(request, k)));
    const settled = await Promise.allSettled(asked);
    const samples = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    try {
      const failed = settled.find((one): one is PromiseRejectedResult => one.status === 'rejected');
      if (failed) throw failed.reason;
      const wrong = samples.findIndex((sample) => sample?.xs == null || sample.ys == null);
      if (wrong !== -1) reject('get()', 'a sample {xs, ys}', samples[wrong]);
      const xs = samples.map((sample) => sample.xs);
      const ys = samples.map((sample) => sample.ys);
      return tfc.tidy(() => ({
        xs: collate('get().xs', xs),
        ys: collate('get().ys', ys),
      }));
    } finally {
      disposeElement(samples);
    }
  }
}
