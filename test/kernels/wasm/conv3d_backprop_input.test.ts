import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {integers, onBothBackends} from '../../helpers/both_backends';
import {type Conv3DCase, volumeCases} from '../../helpers/volume_cases';

function inputGradient({x, filter, strides, pad, seed}: Conv3DCase): tf.Tensor {
  const weights = integers(filter, seed) as tf.Tensor5D;
  const convolve = (input: tf.Tensor) => tf.conv3d(input as tf.Tensor5D, weights, strides, pad);
  const input = integers(x, seed + 1);
  return tf.grad(convolve)(input, integers(convolve(input).shape, seed + 2));
}

test.serial('the input gradient matches the cpu backend, for any geometry', async (t) => {
  await fc.assert(
    fc.asyncProperty(volumeCases, async (geometry) => {
      const {cpu, wasm} = await onBothBackends(t, () => [inputGradient(geometry)]);
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 150, seed: 1},
  );
});

test.serial('a transposed 3D convolution, which is this kernel', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () => {
    const x = integers([2, 3, 2, 4, 3], 1) as tf.Tensor5D;
    const filter = integers([3, 3, 2, 2, 3], 2) as tf.Tensor5D;
    return [tf.conv3dTranspose(x, filter, [2, 6, 4, 8, 2], 2, 'same')];
  });
  t.deepEqual(wasm, cpu);
});
