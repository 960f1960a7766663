import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {integers, onBothBackends} from '../../helpers/both_backends';
import {type ConvCase, convCases, depthwiseGradients} from '../../helpers/conv_cases';

test.serial('the input gradient matches the cpu backend, for any geometry and multiplier', async (t) => {
  await fc.assert(
    fc.asyncProperty(convCases, async (geometry) => {
      const {cpu, wasm} = await onBothBackends(t, () => [depthwiseGradients(geometry)[0]]);
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 200, seed: 1},
  );
});

for (const multiplier of [1, 2]) {
  for (const [channels, size, stride] of [
    [9, 3, 1],
    [8, 3, 2],
    [6, 5, 1],
    [4, 5, 2],
    [4, 1, 1],
    [5, 2, 3],
  ]) {
    test.serial(
      `${channels} channels times ${multiplier}, ${size} x ${size}, stride ${stride}`,
      async (t) => {
        const shape = {x: [2, 11, 10, channels], filter: [size, size, channels, multiplier]};
        for (const pad of ['same', 'valid'] as const) {
          const geometry = {...shape, strides: [stride, stride], pad, seed: 5} as ConvCase;
          const {cpu, wasm} = await onBothBackends(t, () => [depthwiseGradients(geometry)[0]]);
          t.deepEqual(wasm, cpu);
        }
      },
    );
  }
}

test.serial('padding wider than the filter, and strides wider than the image', async (t) => {
  for (const strides of [
    [1, 1],
    [3, 2],
    [20, 20],
  ] as [number, number][]) {
    const geometry: ConvCase = {
      x: [2, 3, 2, 3],
      filter: [2, 2, 3, 2],
      strides,
      pad: [
        [0, 0],
        [5, 4],
        [3, 6],
        [0, 0],
      ],
      seed: 1,
    };
    const {cpu, wasm} = await onBothBackends(t, () => [depthwiseGradients(geometry)[0]]);
    t.deepEqual(wasm, cpu);
  }
});

test.serial('a separable convolution and its gradients', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () => {
    const convolve = (x: tf.Tensor, depthwise: tf.Tensor, pointwise: tf.Tensor) =>
      tf.separableConv2d(
        x as tf.Tensor4D,
        depthwise as tf.Tensor4D,
        pointwise as tf.Tensor4D,
        [2, 2],
        'same',
      );
    const inputs = [integers([2, 7, 5, 3], 1), integers([3, 3, 3, 2], 2), integers([1, 1, 6, 4], 3)];
    return tf.grads(convolve)(inputs, integers([2, 4, 3, 4], 4));
  });
  t.deepEqual(wasm, cpu);
});
