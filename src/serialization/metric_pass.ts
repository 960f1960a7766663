import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {batchStatistics, type Metric, type MetricContext, scalarResult} from '../core/metric';
import {RunningSum} from './running_sum';

/**
 * The sums of every metric over one pass through data: an epoch of training, or an evaluation. `slot` is the
 * metric's place in the model's list, as one metric object may judge several outputs.
 */
export class MetricPass {
  private readonly totals = new Map<number, {metric: Metric; sums: RunningSum[]}>();

  /**
   * Adds a batch and returns the metric's value over the pass so far.
   *
   * @param statistics The batch's, where they are known.
   * @throws ValueError when the metric's statistics are no array of number tensors, or differ in number or shape from
   *   those of the batches before, and when its result is no scalar; the batch is not added then.
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
      const before = this.totals.get(slot)?.sums;
      if (before && !(before.length === batch.length && batch.every((x, i) => before[i].fits(x)))) {
        const shapes = before.map(({shape}) => `[${shape}]`).join(', ');
        reject(`${metric.name}.statistics()`, `tensors of the same shapes for every batch: ${shapes}`, batch);
      }
      const sums = batch.map((x, i) => RunningSum.of(x, before?.[i]));
      try {
        const value = scalarResult(
          metric,
          sums.map((sum) => sum.tensor()),
        );
        this.totals.set(slot, {metric, sums});
        disposeAll(before);
        return value;
      } catch (error) {
        disposeAll(sums);
        throw error;
      }
    });
  }

  /** The value over the pass, or undefined if no batch was added to that slot. */
  result(slot: number): Tensor | undefined {
    const total = this.totals.get(slot);
    if (total == null) return undefined;
    return tfc.tidy(() =>
      scalarResult(
        total.metric,
        total.sums.map((sum) => sum.tensor()),
      ),
    );
  }

  /** Starts anew, and gives the memory back. */
  clear(): void {
    for (const {sums} of this.totals.values()) disposeAll(sums);
    this.totals.clear();
  }
}

function disposeAll(sums: readonly RunningSum[] = []): void {
  for (const sum of sums) sum.dispose();
}
