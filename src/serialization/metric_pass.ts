import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {batchStatistics, type Metric, type MetricContext, scalarResult} from '../core/metric';

/**
 * The sums of every metric over one pass through data: an epoch of training, or an evaluation. `slot` is the
 * metric's place in the model's list, as one metric object may judge several outputs.
 */
export class MetricPass {
  private readonly totals = new Map<number, {metric: Metric; sums: Tensor[]}>();

  /**
   * Adds a batch and returns the metric's value over the pass so far.
   * @throws ValueError when the metric's statistics are no array, or its result is no scalar; the batch is not added then.
   */
  add(slot: number, metric: Metric, yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor {
    return tfc.tidy(() => {
      const batch = batchStatistics(metric, yTrue, yPred, context);
      const before = this.totals.get(slot)?.sums;
      const sums = before == null ? batch : batch.map((x, i) => tfc.add(x, before[i]));
      const value = scalarResult(metric, sums);
      // The batch's own tensors may be shared with the caller, sums outlive the tidy: keep copies.
      this.totals.set(slot, {metric, sums: sums.map((sum) => tfc.keep(tfc.clone(sum)))});
      if (before != null) tfc.dispose(before);
      return value;
    });
  }

  /** The value over the pass, or undefined if no batch was added to that slot. */
  result(slot: number): Tensor | undefined {
    const total = this.totals.get(slot);
    return total && tfc.tidy(() => scalarResult(total.metric, total.sums));
  }

  /** Starts anew, and gives the memory back. */
  clear(): void {
    for (const {sums} of this.totals.values()) tfc.dispose(sums);
    this.totals.clear();
  }
}
