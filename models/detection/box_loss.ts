import * as tf from '@tensorflow/tfjs';
import {Loss, registerLoss} from '../../src';
import {reject} from '../../src/core/errors';

/**
 * Smooth L1 (arXiv 1504.08083, eq. 3) over the foreground boxes of an image: the sum over these boxes and their four
 * numbers, divided by the number of all its boxes, as in Fast R-CNN.
 *
 * yTrue `[batch, n, 5]`: four targets and 1 for foreground; yPred `[batch, n, 4]`. Loss float32 `[batch]`.
 */
export class ForegroundSmoothL1 extends Loss {
  static readonly className: string = 'ForegroundSmoothL1';

  /** True, because a target has one more column than an output. */
  override get checksLabels(): boolean {
    return true;
  }

  call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    const [b, n] = yPred.shape;
    if (yPred.rank !== 3 || yPred.shape[2] !== 4) reject('yPred', 'of shape [batch, n, 4]', yPred);
    if (yTrue.rank !== 3 || yTrue.shape.join() !== `${b},${n},5`) {
      reject('yTrue', `of shape [${b}, ${n}, 5]`, yTrue);
    }
    return tf.tidy(() => {
      const targets = tf.slice(yTrue, [0, 0, 0], [-1, -1, 4]);
      const isForeground = tf.slice(yTrue, [0, 0, 4], [-1, -1, 1]);
      const distance = tf.abs(tf.sub(yPred, targets));
      const near = tf.minimum(distance, 1);
      // ½d² up to 1, d − ½ from there: both are m(d − m/2) with m = min(d, 1).
      const losses = tf.mul(near, tf.sub(distance, tf.div(near, 2)));
      return tf.div(tf.sum(tf.mul(losses, isForeground), [1, 2]), n as number);
    });
  }

  getConfig(): tf.serialization.ConfigDict {
    return {};
  }
}

registerLoss(ForegroundSmoothL1, {package: 'detection'});
