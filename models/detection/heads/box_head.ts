import * as tf from '@tensorflow/tfjs';
import {ByImage} from '../layers/by_image';
import {RoiCrop} from '../layers/roi_crop';

/** Options of all heads. */
export interface HeadOptions {
  /** Outputs of the classifier: C, or more if a loss has logits that belong to no class. */
  outputs: number;
  /** The same seed gives the same initial weights. */
  seed: number;
  /** π: the probability that each class starts with; 0.5 for softmax. Default: 0.01 (arXiv 1708.02002, section 3.3). */
  prior?: number;
}

const SIDE = 16;
const WINDOW = 16;

/** Bias initializer for a classifier's last layer: each sigmoid starts at π. */
export function startingAt(prior: number): tf.serialization.ConfigDict {
  return {className: 'Constant', config: {value: -Math.log((1 - prior) / prior)}};
}

/**
 * A small head on boxes of images: logits `[b, n, outputs]` and box targets `[b, n, 4]`.
 *
 * @param stage Prefix of the layers' names; empty if there is only one stage.
 */
export function boxHead(
  images: tf.SymbolicTensor,
  boxes: tf.SymbolicTensor,
  {outputs, seed, prior = 0.01}: HeadOptions,
  stage = '',
): {classes: tf.SymbolicTensor; boxes: tf.SymbolicTensor} {
  const init = (k: number) => tf.initializers.glorotUniform({seed: seed * 10 + k});
  const apply = (layer: tf.layers.Layer, to: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    layer.apply(to) as tf.SymbolicTensor;
  const conv = {padding: 'same', strides: 2, activation: 'relu'} as const;
  const crops = apply(new RoiCrop({side: SIDE, window: WINDOW, name: `${stage}crop`}), [images, boxes]);
  const first = tf.layers.conv2d({
    ...conv,
    filters: 16,
    kernelSize: 5,
    kernelInitializer: init(1),
    name: `${stage}conv1`,
  });
  const second = tf.layers.conv2d({
    ...conv,
    filters: 32,
    kernelSize: 3,
    kernelInitializer: init(2),
    name: `${stage}conv2`,
  });
  const flat = apply(tf.layers.flatten({name: `${stage}flat`}), apply(second, apply(first, crops)));
  const hidden = tf.layers.dense({
    units: 128,
    activation: 'relu',
    kernelInitializer: init(3),
    name: `${stage}hidden`,
  });
  const features = apply(hidden, flat);
  const logits = tf.layers.dense({
    units: outputs,
    kernelInitializer: init(4),
    biasInitializer: startingAt(prior) as never,
    name: `${stage}logits`,
  });
  const targets = tf.layers.dense({units: 4, kernelInitializer: init(5), name: `${stage}targets`});
  return {
    classes: apply(new ByImage({name: `${stage}classes`}), [apply(logits, features), boxes]),
    boxes: apply(new ByImage({name: `${stage}boxes`}), [apply(targets, features), boxes]),
  };
}
