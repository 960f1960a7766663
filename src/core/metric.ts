import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {acrossCopies} from './across_copies';
import {callableInstance} from './callable';
import {classNameOf} from './constructor';
import {reject} from './errors';
import {called} from './first_call';
import {MetricTotals, scalarResult} from './metric_totals';

export {scalarResult};

/** The counts of `update` and, after a `reset`, of `trainOnBatch`. */
const counts = new WeakMap<object, MetricTotals>();

/** What a metric cannot infer about its model; the hook into LayersModel tells it. */
export interface MetricContext {
  /** Whether yPred holds logits or probabilities. Default: logits. */
  fromLogits?: boolean;
  /** The integer label of rows that the loss ignores. Default: none. */
  ignoreLabel?: number;
  /** The activation that the loss implies for the logits, if any. */
  activation?: 'softmax' | 'sigmoid';
}

/** Metric objects are functions: `metric(yTrue, yPred)` is the value over that one batch. */
export interface Metric {
  /**
   * The metric over one batch, a scalar.
   * @throws ValueError when `result` returns anything else, and when `statistics` returns no array of tensors.
   */
  // biome-ignore lint/style/useShorthandFunctionType: merges a call signature into the class below
  (yTrue: Tensor, yPred: Tensor): Tensor;
}

/**
 * Base class of metrics that are right over a whole pass, whatever the batch size. tfjs-layers averages a metric's
 * values over batches, which is wrong for anything but plain means; these define what to sum instead, and how to
 * compute the value from the sums. In `fit` and `evaluate` they hold no state themselves: the hook into LayersModel
 * keeps one set of sums for training and one for evaluation. Your own loops count with `update`, `value` and `reset`.
 *
 * To define one, extend it, give the class a static `className`, implement `statistics`, `result` and `getConfig`, and
 * register it with `registerMetric`.
 *
 * @example
 * ```ts
 * class RootMeanSquaredError extends Metric {
 *   static className = 'RootMeanSquaredError';
 *   statistics(yTrue: tf.Tensor, yPred: tf.Tensor) {
 *     return [tf.sum(tf.squaredDifference(yTrue, yPred)), tf.scalar(yPred.size)];
 *   }
 *   result([squares, count]: tf.Tensor[]) {
 *     return tf.sqrt(tf.div(squares, count)); // of all batches: a mean of their roots would be another number
 *   }
 *   getConfig() {
 *     return {};
 *   }
 * }
 * registerMetric(RootMeanSquaredError, {package: 'docs'});
 *
 * const metric = new RootMeanSquaredError();
 * console.log(metric(tf.tensor1d([0, 0]), tf.tensor1d([1, 7])).dataSync()); // → Float32Array(1) [ 5 ]
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor returns a function of that signature
export abstract class Metric extends tfc.serialization.Serializable {
  /** Key in histories and logs, read when the model is compiled. A subclass may assign it. */
  declare name: string;
  /** Unused; a subclass may define it. */
  declare length: number;

  /** @param name Key in histories and logs. Default: the class's `className`. */
  constructor(name?: string) {
    super();
    // On loading, a class without its own constructor is constructed with its configuration.
    const label = typeof name === 'string' ? name : classNameOf(new.target);
    const self: this = callableInstance(new.target, label, (yTrue: Tensor, yPred: Tensor) => {
      called(yPred);
      return tfc.tidy(() => scalarResult(self, batchStatistics(self, yTrue, yPred)));
    });
    // biome-ignore lint/correctness/noConstructorReturn: the callable stands in for the instance
    return self;
  }

  /**
   * Whether the statistics of batches are concatenated row by row instead of summed: metrics that rank all samples need
   * their scores. The logs of single batches then hold the value of that batch.
   */
  get keepsRows(): boolean {
    return false;
  }

  /**
   * Counts a batch in a loop of your own.
   *
   * @param context What the metric cannot infer: whether yPred holds logits (default) or probabilities.
   * @returns this
   * @throws ValueError if yTrue and yPred do not fit each other, or the batches before.
   *
   * @example
   * ```ts
   * const metric = new BalancedAccuracy();
   * for (const start of [0, 60]) {
   *   const [x, y] = [xs.slice(start, 60), ys.slice(start, 60)];
   *   metric.update(y, model.predict(x) as tf.Tensor);
   * }
   * const whole = metric(ys, model.predict(xs) as tf.Tensor).dataSync()[0];
   * console.log(Math.abs(metric.value() - whole) < 1e-6); // → true
   * ```
   */
  update(yTrue: Tensor, yPred: Tensor, context?: MetricContext): this {
    tfc.tidy(() => countsOf(this).count(batchStatistics(this, yTrue, yPred, context)));
    return this;
  }

  /** The value over everything counted since the last `reset`, read synchronously; NaN without a batch. */
  value(): number {
    return tfc.tidy(() => counts.get(this)?.value()?.dataSync()[0] ?? Number.NaN);
  }

  /**
   * Clears the counts and frees their memory. From then on, `trainOnBatch` of models compiled with this metric also
   * counts its batches, by the predictions that it trains on; `fit` and `evaluate` never do.
   *
   * @returns this
   */
  reset(): this {
    countsOf(this).clear();
    return this;
  }

  /**
   * Computes the contribution of one batch: tensors whose sums over all batches determine the result, or whose rows do,
   * if `keepsRows`.
   *
   * @param context What the model's loss takes logits for, if that makes a difference.
   */
  abstract statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[];

  /** Computes the metric's scalar value from the statistics over all batches. NaN if there was nothing to evaluate. */
  abstract result(totals: Tensor[]): Tensor;

  /**
   * The state that training has given this object, as plain JSON. A saved model holds it next to `getConfig()`, which
   * tells how the object was made. Optional; a class that has it also needs `setState`, and must include the state of
   * objects that it holds.
   */
  getState?(): tfc.serialization.ConfigDict;

  /**
   * Restores what `getState` returned. Called once, on the object that `fromConfig` has made.
   *
   * @throws ValueError for anything else.
   */
  setState?(state: Record<string, unknown>): void;
}

acrossCopies(Metric, 'Metric');

/**
 * Computes one batch's contribution to the sums of a metric.
 *
 * @throws ValueError if `statistics` returns anything but an array of tensors.
 */
export function batchStatistics(
  metric: Metric,
  yTrue: Tensor,
  yPred: Tensor,
  context?: MetricContext,
): Tensor[] {
  const added: unknown = metric.statistics(yTrue, yPred, context);
  if (Array.isArray(added) && added.every((x) => x instanceof tfc.Tensor)) return added;
  return reject(`${metric.name}.statistics()`, 'an array of tensors', added);
}

function countsOf(metric: Metric): MetricTotals {
  const totals = counts.get(metric) ?? new MetricTotals(metric);
  counts.set(metric, totals);
  return totals;
}

/** Counts a batch of `trainOnBatch`, if `reset` has requested it. Call inside a `tf.tidy`. */
export function countTrained(metric: Metric, statistics: Tensor[]): void {
  counts.get(metric)?.count(statistics);
}

/** The totals counted so far, `undefined` without a batch. Call inside a `tf.tidy`. */
export function countedTotals(metric: Metric): Tensor[] | undefined {
  return counts.get(metric)?.tensors();
}
