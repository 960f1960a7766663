import * as tf from '@tensorflow/tfjs';

/** Groups rows of boxes by image again: `[b · n, k]`, with boxes `[b, n, 4]`, becomes `[b, n, k]`. */
export class ByImage extends tf.layers.Layer {
  static readonly className = 'ByImage';

  override computeOutputShape([rows, boxes]: tf.Shape[]): tf.Shape {
    return [boxes[0], boxes[1], rows[1]];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [rows, boxes] = inputs as tf.Tensor[];
    return tf.reshape(rows, [boxes.shape[0], boxes.shape[1] as number, rows.shape[1] as number]);
  }
}

tf.serialization.registerClass(ByImage);
