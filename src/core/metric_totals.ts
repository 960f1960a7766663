import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from './errors';
import {onHostBackend} from './host_backend';
import {KeptRows} from './kept_rows';
import {RunningSum} from './running_sum';

/** The parts of a metric that its totals need. */
interface Judge {
  readonly name: string;
  readonly keepsRows: boolean;
  result(totals: Tensor[]): Tensor;
}

/**
 * Returns `metric.result(totals)` as a separate tensor: if `result` returns one of the totals unchanged, both may be
 * disposed of.
 *
 * @throws ValueError if it is not a scalar. tfjs would log the mean of a vector and keep its first value in the
 *   history.
 */
export function scalarResult(metric: Judge, totals: Tensor[]): Tensor {
  const value: unknown = metric.result(totals);
  if (value instanceof tfc.Tensor && value.rank === 0) return tfc.clone(value);
  return reject(`${metric.name}.result()`, 'a scalar, a tensor of shape []', value);
}

/** A metric's totals over one pass: the sums of its statistics, or all their rows. */
export class MetricTotals {
  private sums: RunningSum[] | undefined;
  private rows: KeptRows[] | undefined;

  constructor(readonly metric: Judge) {}

  /**
   * Adds a batch's statistics and returns the value over the pass so far. For a metric that keeps rows, returns the
   * value of that batch, or NaN if the backend cannot be read synchronously. Call inside a `tf.tidy`.
   *
   * @throws ValueError if they differ in number or shape from those before, or if the result is not a scalar; nothing
   *   is added then.
   */
  add(batch: Tensor[]): Tensor {
    this.requireFit(batch);
    const {metric} = this;
    if (metric.keepsRows) {
      const value = onHostBackend() ? scalarResult(metric, batch) : tfc.scalar(Number.NaN);
      this.keep(batch);
      return value;
    }
    const sums = this.sumsWith(batch);
    try {
      const value = scalarResult(metric, tensorsOf(sums));
      this.replace(sums);
      return value;
    } catch (error) {
      disposeAll(sums);
      throw error;
    }
  }

  /** Adds a batch's statistics. @throws ValueError as `add` does, except for the result. */
  count(batch: Tensor[]): void {
    this.requireFit(batch);
    if (this.metric.keepsRows) this.keep(batch);
    else this.replace(this.sumsWith(batch));
  }

  /** The totals, `undefined` without a batch. Call inside a `tf.tidy`. */
  tensors(): Tensor[] | undefined {
    return this.held && tensorsOf(this.held);
  }

  /** The value over all batches, `undefined` without one. */
  value(): Tensor | undefined {
    const {held} = this;
    return held && tfc.tidy(() => scalarResult(this.metric, tensorsOf(held)));
  }

  /** Starts over, and frees the memory. */
  clear(): void {
    disposeAll(this.held);
    this.sums = undefined;
    this.rows = undefined;
  }

  private get held(): readonly (RunningSum | KeptRows)[] | undefined {
    return this.sums ?? this.rows;
  }

  private requireFit(batch: Tensor[]): void {
    const {held} = this;
    if (held === undefined || (held.length === batch.length && batch.every((x, i) => held[i].fits(x))))
      return;
    const shapes = held.map(({shape}) => `[${shape}]`).join(', ');
    reject(
      `${this.metric.name}.statistics()`,
      `tensors of the same shapes for every batch: ${shapes}`,
      batch,
    );
  }

  private sumsWith(batch: Tensor[]): RunningSum[] {
    return batch.map((x, i) => RunningSum.of(x, this.sums?.[i]));
  }

  private keep(batch: Tensor[]): void {
    this.rows ??= batch.map((x) => new KeptRows(x));
    this.rows.forEach((rows, i) => {
      rows.push(batch[i]);
    });
  }

  private replace(sums: RunningSum[]): void {
    disposeAll(this.sums);
    this.sums = sums;
  }
}

const tensorsOf = (held: readonly (RunningSum | KeptRows)[]) => held.map((one) => one.tensor());

function disposeAll(held: readonly (RunningSum | KeptRows)[] = []): void {
  for (const one of held) one.dispose();
}
