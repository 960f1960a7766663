import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {Metric, type MetricContext} from './metric';

/** Options of a `BinaryAccuracy`. */
export interface BinaryAccuracyOptions {
  /** Key in histories and logs. Default: `'binary_accuracy'`. */
  name?: string;
  /** Whether yPred holds logits. Default: what the model's loss takes. */
  fromLogits?: boolean;
}

/** Share of samples on whose side of the threshold (logit 0, probability ½) the one prediction is. */
export class BinaryAccuracy extends Metric {
  /** Saved as `longtail>BinaryAccuracy`. */
  static readonly className = 'BinaryAccuracy';
  private readonly fromLogits: boolean | undefined;

  constructor({name = 'binary_accuracy', fromLogits}: BinaryAccuracyOptions = {}) {
    super(name);
    this.fromLogits = fromLogits;
  }

  /** Hits and samples, float32 scalars. */
  statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[] {
    const threshold = (this.fromLogits ?? context?.fromLogits ?? true) ? 0 : 0.5;
    const width = yTrue.size === yPred.size ? 1 : 2;
    const positive = tfc.slice(tfc.reshape(tfc.cast(yTrue, 'float32'), [-1, width]), [0, 0], [-1, 1]);
    const hit = tfc.equal(tfc.greater(positive, 0.5), tfc.greater(tfc.reshape(yPred, [-1, 1]), threshold));
    return [tfc.sum(tfc.cast(hit, 'float32')), tfc.scalar(yPred.size)];
  }

  /** Hits per sample, a float32 scalar; NaN without any. */
  result([hits, samples]: Tensor[]): Tensor {
    return tfc.div(hits, samples);
  }

  /** The options, as plain JSON. */
  getConfig(): tfc.serialization.ConfigDict {
    return {name: this.name, from_logits: this.fromLogits ?? null};
  }
}
