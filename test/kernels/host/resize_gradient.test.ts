import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import '../../../src';
import {useBackend} from '../../helpers/backends';

type Images = tf.Tensor4D;
const size = fc.tuple(fc.integer({min: 1, max: 9}), fc.integer({min: 1, max: 9}));
const resizing = fc.record({
  batch: fc.integer({min: 1, max: 3}),
  size,
  newSize: size,
  channels: fc.integer({min: 1, max: 3}),
  corners: fc.constantFrom('alignCorners', 'halfPixelCenters', 'neither'),
});

/** Σ a · b, in float64. */
function dot(a: tf.Tensor, b: tf.Tensor): number {
  const values = b.dataSync<'float32'>();
  return a.dataSync<'float32'>().reduce((sum, value, i) => sum + value * values[i], 0);
}

// Resizing is linear: its gradient is the one linear map for which Σ dy · resize(x) = Σ gradient(dy) · x for all x, dy.
async function isAdjoint(t: ExecutionContext, backend: 'cpu' | 'wasm', op: typeof tf.image.resizeBilinear) {
  await useBackend(backend);
  fc.assert(
    fc.property(resizing, ({batch, size, newSize, channels, corners}) => {
      tf.tidy(() => {
        const x = tf.randomNormal([batch, ...size, channels], 0, 1, 'float32', 1) as Images;
        const dy = tf.randomNormal([batch, ...newSize, channels], 0, 1, 'float32', 2) as Images;
        const resize = (images: tf.Tensor) =>
          op(images as Images, newSize, corners === 'alignCorners', corners === 'halfPixelCenters');
        const gradient = tf.grad(resize)(x, dy);
        t.deepEqual(gradient.shape, x.shape);
        const [forward, backward] = [dot(dy, resize(x)), dot(gradient, x)];
        t.true(
          Math.abs(forward - backward) < 1e-4 * Math.max(1, Math.abs(forward)),
          `${forward}, ${backward}`,
        );
      });
    }),
    {numRuns: 200, seed: 1},
  );
}

for (const backend of ['cpu', 'wasm'] as const) {
  for (const [name, op] of [
    ['bilinear', tf.image.resizeBilinear],
    ['nearest', tf.image.resizeNearestNeighbor],
  ] as const) {
    test.serial(`the gradient of ${name} resizing is its adjoint on ${backend}`, (t) =>
      isAdjoint(t, backend, op),
    );
  }
}
