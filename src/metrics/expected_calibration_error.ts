import type {serialization, Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {Constructor} from '../core/constructor';
import {reject} from '../core/errors';
import type {MetricContext} from '../core/metric';
import {requireInteger} from '../core/require_integer';
import {hotRows} from '../labels/held_classes';
import {columnSums} from './class_hits';
import {nanOfScores} from './nan_scores';
import {type MetricOptions, PredictionMetric} from './prediction_metric';
import {checkedProbabilities} from './probabilities';
import {type Activation, activationOf, logSoftmax, scoreRows} from './score_rows';

/** How confidences are computed and binned. */
export interface CalibrationOptions extends MetricOptions {
  /** Bins of equal width over 0 … 1. Default: 15. */
  bins?: number;
  /**
   * The activation for logits. Default: the one that the model's loss implies; otherwise softmax, or sigmoid for a
   * single logit.
   */
  activation?: Activation;
}

/**
 * By how much confidences deviate from how often they are right (Guo et al., "On Calibration of Modern Neural
 * Networks", arXiv 1706.04599, eq. 3): the mean over bins of |confidence − accuracy|, weighted by their samples. The
 * confidence of a foreground sample is its highest probability, which is right if the sample holds that class. For one
 * logit it is the probability of the positive class, which is right if the sample is positive. Equals torchmetrics'
 * `calibration_error` with `norm='l1'`, except for confidences of exactly 1, which have a separate bin there.
 *
 * @example
 * ```ts
 * const labels = tf.tensor1d([0, 1], 'int32');
 * const probabilities = tf.tensor2d([[0.75, 0.25], [0.75, 0.25]]);
 * const error = new ExpectedCalibrationError({fromLogits: false});
 * console.log(error(labels, probabilities).dataSync()); // → Float32Array(1) [ 0.25 ]
 * ```
 */
export class ExpectedCalibrationError extends PredictionMetric {
  /** Saved as `longtail>ExpectedCalibrationError`. */
  static readonly className: string = 'ExpectedCalibrationError';
  /** The number of bins. */
  readonly bins: number;
  /** The activation for logits, if given. */
  readonly activation: Activation | undefined;

  /**
   * Its name in histories is `calibration_error`, unless `name` is given.
   * @throws ValueError for invalid options.
   */
  constructor(options: CalibrationOptions = {}) {
    super('calibration_error', options, ['bins', 'activation']);
    const {bins = 15, activation} = options;
    if (activation !== undefined && activation !== 'softmax' && activation !== 'sigmoid') {
      reject('activation', "'softmax' or 'sigmoid'", activation);
    }
    this.bins = requireInteger('bins', bins, 1);
    this.activation = activation;
  }

  /** Samples, correct samples and the sum of confidences per bin, float32 `[bins]` each. */
  statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[] {
    const read = scoreRows(yTrue, yPred, this.ignored(context));
    const {labels, held, scores} = read;
    const {rows, classes, counted} = labels;
    const {bins} = this;
    if (rows === 0) return [0, 1, 2].map(() => tfc.zeros([bins]));
    const probabilities = this.takesLogits(context)
      ? activationOf(read, this.activation ?? context?.activation) === 'softmax'
        ? tfc.exp(logSoftmax(scores))
        : tfc.sigmoid(scores)
      : checkedProbabilities(scores);
    const confidence = tfc.max(probabilities, 1);
    const right =
      classes === 1
        ? held
        : tfc.max(tfc.mul(held, hotRows(tfc.argMax(scores, 1) as Tensor1D, classes)), 1, true);
    const isForeground = tfc.max(held, 1);
    const all = counted ? tfc.cast(counted, 'float32') : tfc.ones([rows]);
    const counts = tfc.expandDims(classes === 1 ? all : isForeground, 1);
    const place = tfc.minimum(tfc.floor(tfc.mul(confidence, bins)), bins - 1);
    const inBin = tfc.mul(hotRows(tfc.cast(place, 'int32') as Tensor1D, bins), counts);
    // NaN has no bin, but must show: both NaN scores and the NaN that infinite logits give.
    const broken = tfc.tile(tfc.expandDims(tfc.isNaN(confidence), 1), [1, bins]);
    const binned = tfc.where(broken, tfc.fill([rows, bins], Number.NaN), inBin);
    const checked = tfc.add(binned, nanOfScores(probabilities));
    return [checked, tfc.mul(checked, right), tfc.mul(checked, tfc.expandDims(confidence, 1))].map((x) =>
      columnSums(x as Tensor2D),
    );
  }

  /** The error in 0 … 1, a float32 scalar; NaN without a sample. */
  result([samples, right, confidence]: Tensor[]): Tensor {
    const sum = (x: Tensor) => tfc.reshape(columnSums(tfc.reshape(x, [-1, 1]) as Tensor2D), []);
    return tfc.div(sum(tfc.abs(tfc.sub(confidence, right))), sum(samples));
  }

  /** The options, as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    return {
      ...super.getConfig(),
      bins: this.bins,
      ...(this.activation !== undefined && {activation: this.activation}),
    };
  }

  /** Restores a metric from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    return new cls({
      ...PredictionMetric.optionsFrom(config),
      bins: config.bins,
      ...(config.activation !== undefined && {activation: config.activation}),
    });
  }
}
