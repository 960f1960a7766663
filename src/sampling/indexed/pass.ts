import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import type {Sampler} from '../sampler';
import type {Batch, SampleSource} from './sample_source';

interface PassArgs {
  source: SampleSource;
  sampler: Sampler;
  order: Int32Array;
  seed: number;
  epoch: number;
  /** Samples to skip, which an interrupted run has already delivered. */
  position: number;
  batchSize: number;
  dropLast: boolean;
}

/** One epoch of an indexed dataset. */
export class Pass {
  readonly sampler: Sampler;
  readonly epoch: number;
  /** Number of samples delivered. */
  position: number;
  private last: Promise<unknown> = Promise.resolve();

  /**
   * @throws ValueError for an order without a batch or with invalid indices, and a position beyond its end.
   */
  constructor(private readonly args: PassArgs) {
    const {sampler, epoch, position, order, source, batchSize, dropLast} = args;
    if (!ArrayBuffer.isView(order)) reject(`${sampler.name}.order()`, 'an Int32Array', order);
    const least = dropLast ? batchSize : 1;
    if (order.length < least) reject(`${sampler.name}.order()`, `of ${least} samples or more`, order);
    for (const index of order) requireInteger(`${sampler.name}.order()`, index, 0, source.length - 1);
    requireInteger('state.position', position, 0, order.length);
    this.sampler = sampler;
    this.epoch = epoch;
    this.position = position;
  }

  get isOver(): boolean {
    const {order, batchSize, dropLast} = this.args;
    const left = order.length - this.position;
    return left === 0 || (dropLast && left < batchSize);
  }

  /** Delivers one batch after the other, even if several are requested at once. */
  next(): Promise<IteratorResult<Batch>> {
    const result = this.last.then(() => this.advance());
    this.last = result;
    return result;
  }

  private async advance(): Promise<IteratorResult<Batch>> {
    if (this.isOver) return {value: null, done: true};
    const {source, order, seed, batchSize} = this.args;
    const {epoch, position: place} = this;
    const indices = order.subarray(place, place + batchSize);
    const value = await source.batch({indices, seed, epoch, place});
    this.position += indices.length;
    return {value, done: false};
  }
}
