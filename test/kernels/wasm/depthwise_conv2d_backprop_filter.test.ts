import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {useBackend} from '../../helpers/backends';
import {onBothBackends} from '../../helpers/both_backends';
import {type ConvCase, convCases, depthwiseGradients} from '../../helpers/conv_cases';

test.serial('the filter gradient matches the cpu backend, for any geometry and multiplier', async (t) => {
  await fc.assert(
    fc.asyncProperty(convCases, async (geometry) => {
      const {cpu, wasm} = await onBothBackends(t, () => [depthwiseGradients(geometry)[1]]);
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
          const {cpu, wasm} = await onBothBackends(t, () => [depthwiseGradients(geometry)[1]]);
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
    const {cpu, wasm} = await onBothBackends(t, () => [depthwiseGradients(geometry)[1]]);
    t.deepEqual(wasm, cpu);
  }
});

test.serial('the filter gradient of a large image loses no digit', async (t) => {
  await useBackend('wasm');
  tf.tidy(() => {
    const [x, dy] = [tf.fill<tf.Rank.R4>([4, 300, 300, 5], 0.1), tf.ones([4, 300, 300, 5])];
    const convolve = (w: tf.Tensor) => tf.depthwiseConv2d(x, w as tf.Tensor4D, 1, 'same');
    const dw = tf.grad(convolve)(tf.zeros([1, 1, 5, 1]), dy);
    t.deepEqual([...dw.dataSync()], new Array(5).fill(Math.fround(4 * 300 * 300 * Math.fround(0.1))));
  });
});
