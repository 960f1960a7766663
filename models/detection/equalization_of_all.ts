import * as tf from '@tensorflow/tfjs';
import {type Labels, type RowFormula, RowLoss, registerLoss, rowLosses, tailWeights} from '../../src';

/** Options of an {@link EqualizationOfAll}. */
export interface EqualizationOfAllOptions {
  /** λ: classes with f < λ are spared. */
  lambda: number;
  /** f_j, `[C]`. */
  frequencies: ArrayLike<number>;
}

/** Σ_j (1 − T_j (1 − y_j)) BCE(σ(z_j), y_j). */
const formula: RowFormula<Float64Array> = {
  name: 'EqualizationOfAll',
  losses: (z, y, tail) => {
    const spared = tf.tensor2d(Float32Array.from(tail), [1, tail.length]);
    const weights = tf.sub(1, tf.mul(spared, tf.sub(1, y)));
    const entropy = tf.sub(tf.softplus(z), tf.mul(y, z));
    return tf.sum(tf.mul(weights, entropy), 1);
  },
};

/**
 * The Equalization Loss without E(r): background does not push spared classes down either, so nothing keeps them from
 * firing everywhere. It exists for comparison (arXiv 2003.05176, table 5).
 */
export class EqualizationOfAll extends RowLoss {
  static readonly className: string = 'EqualizationOfAll';
  private readonly frequencies: Float64Array;
  private readonly lambda: number;

  constructor({lambda, frequencies}: EqualizationOfAllOptions) {
    super();
    this.lambda = lambda;
    this.frequencies = Float64Array.from(frequencies);
  }

  protected rows(z: tf.Tensor2D, labels: Labels): tf.Tensor1D {
    const {frequencies, lambda} = this;
    return rowLosses(formula, z, labels, tailWeights(frequencies, lambda));
  }

  getConfig(): tf.serialization.ConfigDict {
    return {lambda: this.lambda, frequencies: Array.from(this.frequencies)};
  }
}

registerLoss(EqualizationOfAll, {package: 'detection'});
