import * as tf from '@tensorflow/tfjs';
import {type HeadOptions, startingAt} from './box_head';

/** Pixels between the centers of anchors. */
export const STRIDE = 4;

/** Height and width of the anchors at each position, in pixels. */
export const ANCHOR_SIDES = [
  [9, 7],
  [13, 8],
  [4, 4],
] as const;

/** The boxes that the outputs of a one-stage head belong to, `[n · 4]`: y1, x1, y2, x2 in pixels. */
export function anchors(height: number, width: number): Float64Array {
  const boxes: number[] = [];
  for (let y = 0; y < Math.ceil(height / STRIDE); ++y) {
    for (let x = 0; x < Math.ceil(width / STRIDE); ++x) {
      const [cy, cx] = [(y + 0.5) * STRIDE, (x + 0.5) * STRIDE];
      for (const [h, w] of ANCHOR_SIDES) boxes.push(cy - h / 2, cx - w / 2, cy + h / 2, cx + w / 2);
    }
  }
  return Float64Array.from(boxes);
}

/**
 * A dense one-stage head (arXiv 1708.02002, without a pyramid, as all characters have about the same size). Input: `image`
 * `[b, height, width, 1]`. Outputs: `classes` `[b, anchors, outputs]` and `boxes` `[b, anchors, 4]`, in the order of
 * {@link anchors}.
 */
export function oneStageHead({
  outputs,
  seed,
  prior = 0.01,
  height,
  width,
}: HeadOptions & {height: number; width: number}): tf.LayersModel {
  const init = (k: number) => tf.initializers.glorotUniform({seed: seed * 10 + k});
  const image = tf.input({shape: [height, width, 1], name: 'image'});
  const conv = (filters: number, kernelSize: number, k: number, more: object = {}) =>
    tf.layers.conv2d({filters, kernelSize, padding: 'same', kernelInitializer: init(k), ...more});
  const relu = {activation: 'relu', strides: 2};
  const trunk = [conv(16, 5, 1, relu), conv(32, 3, 2, relu), conv(64, 3, 3, {activation: 'relu'})].reduce(
    (x: tf.SymbolicTensor, layer) => layer.apply(x) as tf.SymbolicTensor,
    image,
  );
  const perPlace = ANCHOR_SIDES.length;
  const dense = (name: string, columns: number, k: number, more: object = {}) => {
    const map = conv(perPlace * columns, 1, k, {name: `${name}_map`, ...more}).apply(trunk);
    return tf.layers.reshape({targetShape: [-1, columns], name}).apply(map) as tf.SymbolicTensor;
  };
  const classes = dense('classes', outputs, 4, {biasInitializer: startingAt(prior)});
  return tf.model({inputs: image, outputs: [classes, dense('boxes', 4, 5)]});
}
