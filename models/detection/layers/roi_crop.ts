import * as tf from '@tensorflow/tfjs';
import {reject} from '../../../src/core/errors';
import {requireInteger} from '../../../src/core/require_integer';

/** Options of a {@link RoiCrop}. */
export interface RoiCropArgs {
  /** Height and width of a crop. */
  side: number;
  /** Height and width of the area that a crop shows, in image pixels, around the center of the box. */
  window: number;
  name?: string;
}

/**
 * Cuts out what a detector's head sees of each box: images `[b, height, width, c]` and boxes `[b, n, 4]` (y1, x1, y2, x2 in
 * pixels) to `[b · n, side, side, c + 1]`. All windows have the same size, so that a full stop stays smaller than an o. The
 * last channel says how much of each pixel is in the box. `tf.image.cropAndResize` interpolates between pixels. Nothing is
 * learned through it, as it has no gradient in TensorFlow.js.
 */
export class RoiCrop extends tf.layers.Layer {
  static readonly className = 'RoiCrop';
  private readonly side: number;
  private readonly window: number;

  /** @throws ValueError for a side below 2 or a window below 1. */
  constructor(args: RoiCropArgs) {
    super(args as never);
    this.side = requireInteger('side', args.side, 2);
    this.window = requireInteger('window', args.window, 1);
  }

  override computeOutputShape([images]: tf.Shape[]): tf.Shape {
    return [null, this.side, this.side, (images[3] as number) + 1];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [images, boxes] = inputs as tf.Tensor[];
    if (images.rank !== 4 || boxes.rank !== 3 || boxes.shape[2] !== 4) {
      reject('inputs', 'images [b, height, width, c] and boxes [b, n, 4]', inputs);
    }
    // The boxes of a cascade's later stages depend on weights.
    const crop = tf.customGrad((...args) => {
      const [image, box] = args as [tf.Tensor4D, tf.Tensor3D];
      const gradFunc = () => [tf.zerosLike(image), tf.zerosLike(box)];
      return {value: this.crop(image, box), gradFunc} as never;
    });
    return crop(images, boxes);
  }

  private crop(images: tf.Tensor4D, boxes: tf.Tensor3D): tf.Tensor4D {
    const {side, window} = this;
    const [b, height, width] = images.shape;
    const n = boxes.shape[1];
    const rows = tf.reshape(boxes, [b * n, 4]) as tf.Tensor2D;
    const low = tf.slice(rows, [0, 0], [-1, 2]);
    const high = tf.slice(rows, [0, 2], [-1, 2]);
    const middle = tf.div(tf.add(low, high), 2);
    // Sample i is at the center of the i-th of `side` strips; pixel p has its center at p + 0.5.
    const reach = (window * (side - 1)) / side / 2;
    const last = [[height - 1, width - 1]];
    const relative = (offset: number) => tf.div(tf.sub(tf.add(middle, offset), 0.5), last);
    const windows = tf.concat([relative(-reach), relative(reach)], 1) as tf.Tensor2D;
    const owner = tf.tensor1d(
      Int32Array.from({length: b * n}, (_, i) => Math.floor(i / n)),
      'int32',
    );
    const crops = tf.image.cropAndResize(images, windows, owner, [side, side]);
    const offsets = Float32Array.from({length: side}, (_, i) => ((i + 0.5) / side - 0.5) * window);
    const inside = (axis: 0 | 1, shape: number[]) => {
      const column = (of: tf.Tensor) => tf.slice(of, [0, axis], [-1, 1]);
      const at = tf.add(column(middle), tf.tensor2d(offsets, [1, side]));
      const depth = tf.minimum(tf.sub(at, column(low)), tf.sub(column(high), at));
      return tf.reshape(tf.clipByValue(tf.add(depth, 0.5), 0, 1), shape);
    };
    const mask = tf.mul(inside(0, [b * n, side, 1, 1]), inside(1, [b * n, 1, side, 1]));
    return tf.concat([crops, mask as tf.Tensor4D], 3);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {...super.getConfig(), side: this.side, window: this.window};
  }
}

tf.serialization.registerClass(RoiCrop);
