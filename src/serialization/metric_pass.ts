import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {batchStatistics, type Metric, type MetricContext} from '../core/metric';
import {MetricTotals} from '../core/metric_totals';

/**
 * The totals of every metric over one pass through data: an epoch of training, or an evaluation. `slot` is the metric's
 * index in the model's list, as one metric object may judge several outputs.
 */
export class MetricPass {
  private readonly totals = new Map<number, MetricTotals>();

  /**
   * Adds a batch and returns the metric's value to log for it, see `MetricTotals.add`.
   *
   * @param statistics The batch's statistics, if known.
   * @throws ValueError before adding the batch if the metric's statistics are not an array of numeric tensors, or
   *   differ in number or shape from earlier batches, or if its result is not a scalar.
   */
  add(
    slot: number,
    metric: Metric,
    yTrue: Tensor,
    yPred: Tensor,
    context?: MetricContext,
    statistics?: Tensor[],
  ): Tensor {
    return tfc.tidy(() => {
      const batch = statistics ?? batchStatistics(metric, yTrue, yPred, context);
      const totals = this.totals.get(slot) ?? new MetricTotals(metric);
      const value = totals.add(batch);
      this.totals.set(slot, totals);
      return value;
    });
  }

  /** The value over the pass, or undefined if no batch was added to that slot. */
  result(slot: number): Tensor | undefined {
    return this.totals.get(slot)?.value();
  }

  /** Starts anew, disposing the totals. */
  clear(): void {
    for (const totals of this.totals.values()) totals.clear();
    this.totals.clear();
  }
}
