import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {integers, onBothBackends} from '../../helpers/both_backends';
import {type Conv3DCase, volumeCases} from '../../helpers/volume_cases';

function filterGradient({x, filter, strides, pad, seed}: Conv3DCase): tf.Tensor {
  const input = integers(x, seed) as tf.Tensor5D;
  const convolve = (w: tf.Tensor) => tf.conv3d(input, w as tf.Tensor5D, strides, pad);
  const weights = integers(filter, seed + 1);
  return tf.grad(convolve)(weights, integers(convolve(weights).shape, seed + 2));
}

test.serial('the filter gradient matches the cpu backend, for any geometry', async (t) => {
  await fc.assert(
    fc.asyncProperty(volumeCases, async (geometry) => {
      const {cpu, wasm} = await onBothBackends(t, () => [filterGradient(geometry)]);
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 150, seed: 1},
  );
});
