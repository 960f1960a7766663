import {reject} from '../../core/errors';
import {Random} from '../../core/random';
import {requireInteger} from '../../core/require_integer';
import type {ImageClasses} from '../image_classes';
import {requireSampler, type Sampler, samplerRecord} from '../sampler';
import {uniform} from '../uniform';
import {Pass} from './pass';
import type {Batch, SampleSource} from './sample_source';
import {checkState, type SamplingState} from './sampling_state';

/** Batches that `fitDataset` accepts. */
export interface BatchDataset {
  /** Iterates over batches from the start. */
  iterator(): Promise<BatchIterator>;
  /** The number of batches. */
  readonly size: number;
}

/** How an indexed dataset makes batches of its samples. */
export interface BatchingOptions {
  /** Samples per batch, an integer ≥ 1. Default: 32, as in `fit`. */
  batchSize?: number;
  /** Which samples an epoch shows, and in what order. Default: `uniform`. */
  sampler?: Sampler;
  /** The same seed gives the same order. An integer; default: 0. */
  seed?: number;
  /** Whether to drop a smaller last batch. Default: false. */
  dropLast?: boolean;
}

/** Iterates over batches, as a tf.data iterator does. */
export interface BatchIterator {
  /** The next batch, whose tensors the caller disposes of, or `done`. */
  next(): Promise<IteratorResult<Batch>>;
}

/**
 * Batches of samples that are read by index, for `fitDataset` and `evaluateDataset`. Made by `indexedArrays` and
 * `indexedDataset`. For the methods of tf.data (`prefetch`, `map`, …), use `tf.data.generator(() =>
 * dataset.iterator())`.
 *
 * Each iterator is a separate epoch, which begins with the first call of its `next`. The order of epoch e depends only
 * on the seed, e, the sampler and the labels.
 */
export class IndexedDataset implements BatchDataset {
  private where = {epoch: 0, position: 0};
  private pass?: Pass;
  private seed: number;
  private currentSampler: Sampler;
  private readonly batchSize: number;
  private readonly dropLast: boolean;

  /**
   * @hidden
   * @throws ValueError for options that {@link BatchingOptions} does not allow.
   */
  constructor(
    private readonly source: SampleSource,
    {batchSize = 32, sampler = uniform, seed = 0, dropLast = false}: BatchingOptions,
    private readonly classes: () => ImageClasses,
  ) {
    this.batchSize = requireInteger('batchSize', batchSize, 1);
    this.seed = requireInteger('seed', seed, Number.MIN_SAFE_INTEGER);
    if (typeof dropLast !== 'boolean') reject('dropLast', 'true or false', dropLast);
    if (dropLast && batchSize > source.length) {
      reject('batchSize', `at most ${source.length}, the number of samples, with \`dropLast\``, batchSize);
    }
    this.dropLast = dropLast;
    this.currentSampler = this.checkedSampler(sampler);
  }

  /** N: the number of samples in the data. */
  get length(): number {
    return this.source.length;
  }

  /** Batches per epoch; NaN if epochs differ in length (`repeatFactor`). */
  get size(): number {
    if (this.currentSampler.varies) return Number.NaN;
    const batches = this.length / this.batchSize;
    return this.dropLast ? Math.floor(batches) : Math.ceil(batches);
  }

  /** The sampler of the next epoch. Assign another to change it, as deferred re-sampling does. */
  get sampler(): Sampler {
    return this.currentSampler;
  }

  /**
   * @throws ValueError if it is not a sampler, or needs labels and there are none.
   */
  set sampler(sampler: Sampler) {
    this.currentSampler = this.checkedSampler(sampler);
  }

  /** One epoch. */
  async iterator(): Promise<BatchIterator> {
    let pass: Pass | undefined;
    // `fitDataset` requests an iterator that it never uses: an epoch begins with the first request for a batch.
    return {
      next: async () => {
        pass ??= this.begin();
        return pass.next();
      },
    };
  }

  /** Repeats epochs endlessly, for `fitDataset` with `batchesPerEpoch`. `size` is Infinity. */
  repeat(): BatchDataset {
    const iterator = async (): Promise<BatchIterator> => {
      let pass: Pass | undefined;
      let last: Promise<unknown> = Promise.resolve();
      const advance = async () => {
        for (;;) {
          pass ??= this.begin();
          const result = await pass.next();
          if (!result.done) return result;
          pass = undefined;
        }
      };
      return {
        next: () => {
          const result = last.then(advance);
          last = result;
          return result;
        },
      };
    };
    return {iterator, size: Number.POSITIVE_INFINITY};
  }

  /** The position in the latest epoch, as plain JSON. Batches that a `prefetch` has taken count as delivered. */
  getState(): SamplingState {
    const {seed, length, where, pass} = this;
    const sampler = pass?.isOver === false ? pass.sampler : this.currentSampler;
    if (!pass) return {seed, ...where, length, sampler: samplerRecord(sampler)};
    const at = pass.isOver
      ? {epoch: pass.epoch + 1, position: 0}
      : {epoch: pass.epoch, position: pass.position};
    return {seed, ...at, length, sampler: samplerRecord(sampler)};
  }

  /**
   * Continues where `getState` was called, also in mid-epoch and in another process: the next epoch begins with that
   * epoch's remaining samples.
   *
   * @throws ValueError for a state of other data or another sampler, before anything is changed.
   */
  setState(state: SamplingState): void {
    checkState(state, this.length, this.currentSampler);
    this.seed = state.seed;
    this.where = {epoch: state.epoch, position: state.position};
    this.pass = undefined;
  }

  private begin(): Pass {
    const {source, seed, where, currentSampler: sampler, batchSize, dropLast} = this;
    const order = sampler.order({
      length: source.length,
      epoch: where.epoch,
      random: Random.of(seed, 'order', where.epoch),
      classes: this.classes,
    });
    const pass = new Pass({source, sampler, order, seed, ...where, batchSize, dropLast});
    this.where = {epoch: where.epoch + 1, position: 0};
    this.pass = pass;
    return pass;
  }

  private checkedSampler(sampler: unknown): Sampler {
    const checked = requireSampler(sampler);
    if (checked.needsLabels) this.classes();
    return checked;
  }
}
