import * as tfc from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

export interface CharCnnOptions {
  /** C: outputs of the last layer, one for each class and none for background. */
  classes: number;
  /** Width and height of the gray input, in pixels. */
  side: number;
  /** The same seed gives the same initial weights. */
  seed: number;
  /** π: the probability that every class starts with (default 0.01). */
  prior?: number;
}

/**
 * A small CNN for crops of characters: `[batch, side, side, 1]` in 0 … 1 to logits `[batch, C]`.
 *
 * The last bias, −ln((1 − π)/π), starts every sigmoid at π. If all C of them started at one half, the first steps would
 * only push them all down (Lin et al., Focal Loss, 2017, section 3.3).
 */
export function charCnn({classes, side, seed, prior = 0.01}: CharCnnOptions): tfl.Sequential {
  const kernelInitializer = (layer: number) => tfl.initializers.glorotUniform({seed: seed * 10 + layer});
  return tfl.sequential({
    layers: [
      tfl.layers.conv2d({
        inputShape: [side, side, 1],
        filters: 16,
        kernelSize: 5,
        strides: 2,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: kernelInitializer(1),
      }),
      tfl.layers.conv2d({
        filters: 32,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: kernelInitializer(2),
      }),
      tfl.layers.flatten(),
      tfl.layers.dense({units: 128, activation: 'relu', kernelInitializer: kernelInitializer(3)}),
      tfl.layers.dense({
        units: classes,
        kernelInitializer: kernelInitializer(4),
        biasInitializer: tfl.initializers.constant({value: -Math.log((1 - prior) / prior)}),
        name: 'logits',
      }),
    ],
  });
}

/** Logits `[rows, C]` of `images`, `rows · side²` gray levels 0 … 255. */
export function predictLogits(model: tfl.LayersModel, images: Uint8Array, side: number): tfc.Tensor2D {
  return tfc.tidy(() => {
    const pixels = tfc.div(
      tfc.tensor4d(Float32Array.from(images), [images.length / side ** 2, side, side, 1]),
      255,
    );
    return model.predict(pixels, {batchSize: 256}) as tfc.Tensor2D;
  });
}
