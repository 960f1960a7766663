import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {integers, onBothBackends} from '../../helpers/both_backends';
import {type ConvCase, convCases} from '../../helpers/conv_cases';

function inputGradient({x, filter, strides, pad, seed}: ConvCase): tf.Tensor {
  const weights = integers(filter, seed) as tf.Tensor4D;
  const conv = (input: tf.Tensor) => tf.conv2d(input as tf.Tensor4D, weights, strides, pad);
  const input = integers(x, seed + 1);
  return tf.grad(conv)(input, integers(conv(input).shape, seed + 2));
}

test.serial('the input gradient matches the cpu backend, for any geometry', async (t) => {
  await fc.assert(
    fc.asyncProperty(convCases, async (geometry) => {
      const {cpu, wasm} = await onBothBackends(t, () => [inputGradient(geometry)]);
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 150, seed: 1},
  );
});

for (const stride of [1, 2, 3] as const) {
  for (const pad of ['same', 'valid'] as const) {
    test.serial(`stride ${stride}, ${pad}, odd sizes`, async (t) => {
      const geometry: ConvCase = {
        x: [2, 9, 7, 3],
        filter: [3, 2, 3, 5],
        strides: [stride, stride],
        pad,
        seed: 5,
      };
      const {cpu, wasm} = await onBothBackends(t, () => [inputGradient(geometry)]);
      t.deepEqual(wasm, cpu);
    });
  }
}

test.serial('a transposed convolution, which is this kernel, and its gradients', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () => {
    const x = integers([2, 4, 3, 5], 1) as tf.Tensor4D;
    const filter = integers([3, 3, 2, 5], 2) as tf.Tensor4D;
    const upsample = (a: tf.Tensor, w: tf.Tensor) =>
      tf.conv2dTranspose(a as tf.Tensor4D, w as tf.Tensor4D, [2, 8, 6, 2], 2, 'same');
    return [upsample(x, filter), ...tf.grads(upsample)([x, filter], integers([2, 8, 6, 2], 3))];
  });
  t.deepEqual(wasm, cpu);
});
