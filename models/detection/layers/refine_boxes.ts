import * as tf from '@tensorflow/tfjs';
import {decodeBoxes} from '../../../src/detection';

/**
 * Decodes a stage's outputs into boxes for the next stage: targets `[b, n, 4]` and boxes `[b, n, 4]` to boxes `[b, n, 4]`.
 * No gradient flows back, as in "Cascade R-CNN" (arXiv 1712.00726): each stage learns on fixed boxes.
 */
export class RefineBoxes extends tf.layers.Layer {
  static readonly className = 'RefineBoxes';

  override computeOutputShape([, boxes]: tf.Shape[]): tf.Shape {
    return boxes;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [targets, boxes] = inputs as tf.Tensor[];
    const rows = (of: tf.Tensor) => tf.reshape(of, [-1, 4]) as tf.Tensor2D;
    const refine = tf.customGrad((...args) => {
      const [t, b] = args as tf.Tensor[];
      const value = tf.reshape(decodeBoxes(rows(t), rows(b)), boxes.shape);
      return {value, gradFunc: () => [tf.zerosLike(t), tf.zerosLike(b)]} as never;
    });
    return refine(targets, boxes);
  }
}

tf.serialization.registerClass(RefineBoxes);
