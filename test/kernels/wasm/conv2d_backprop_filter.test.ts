import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {useBackend} from '../../helpers/backends';
import {integers, onBothBackends} from '../../helpers/both_backends';
import {type ConvCase, convCases} from '../../helpers/conv_cases';

function filterGradient({x, filter, strides, pad, seed}: ConvCase): tf.Tensor {
  const input = integers(x, seed) as tf.Tensor4D;
  const conv = (w: tf.Tensor) => tf.conv2d(input, w as tf.Tensor4D, strides, pad);
  const weights = integers(filter, seed + 1);
  return tf.grad(conv)(weights, integers(conv(weights).shape, seed + 2));
}

test.serial('the filter gradient matches the cpu backend, for any geometry', async (t) => {
  await fc.assert(
    fc.asyncProperty(convCases, async (geometry) => {
      const {cpu, wasm} = await onBothBackends(t, () => [filterGradient(geometry)]);
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 150, seed: 1},
  );
});

for (const stride of [1, 2] as const) {
  for (const pad of ['same', 'valid'] as const) {
    for (const [height, width] of [
      [7, 5],
      [8, 8],
    ]) {
      test.serial(`stride ${stride}, ${pad}, ${height} x ${width}`, async (t) => {
        const geometry: ConvCase = {
          x: [3, height, width, 4],
          filter: [3, 2, 4, 6],
          strides: [stride, stride],
          pad,
          seed: 5,
        };
        const {cpu, wasm} = await onBothBackends(t, () => [filterGradient(geometry)]);
        t.deepEqual(wasm, cpu);
      });
    }
  }
}

test.serial('a layer whose patches are unfolded in several pieces', async (t) => {
  const geometry: ConvCase = {
    x: [2, 52, 52, 24],
    filter: [3, 3, 24, 1],
    strides: [1, 1],
    pad: 'same',
    seed: 3,
  };
  const {cpu, wasm} = await onBothBackends(t, () => [filterGradient(geometry)]);
  t.deepEqual(wasm, cpu);
});

test.serial('real numbers agree to the last digits of float32', async (t) => {
  const shape: [number, number, number, number] = [4, 24, 24, 3];
  const {cpu, wasm} = await onBothBackends(t, () => {
    const x = tf.randomNormal<tf.Rank.R4>(shape, 0, 1, 'float32', 1);
    const dy = tf.randomNormal<tf.Rank.R4>([4, 24, 24, 8], 0, 1, 'float32', 2);
    return [tf.grad((w) => tf.conv2d(x, w as tf.Tensor4D, 1, 'same'))(tf.zeros([3, 3, 3, 8]), dy)];
  });
  // Each weight is a sum of 2,304 products of unit variance. Its partial sums stay below 4 · √2304, and the rounding
  // errors of as many steps, 2⁻²⁴ of them each, add up like a random walk, to √2304 times one.
  const worst = Math.max(...wasm[0].map((value, i) => Math.abs(value - cpu[0][i])));
  t.true(worst < 4 * 2304 * 2 ** -24, `off by ${worst}`);
});

test.serial('channels first is rejected explicitly', async (t) => {
  await useBackend('wasm');
  const attrs = {strides: 1, pad: 'valid', dataFormat: 'NCHW', filterShape: [2, 2, 1, 1]};
  const [x, dy] = [tf.zeros([1, 1, 3, 3]), tf.zeros([1, 1, 2, 2])];
  t.throws(() => tf.engine().runKernel('Conv2DBackpropFilter', {x, dy}, attrs), {
    message: 'Expected `dataFormat` to be "NHWC" on the wasm backend. Received: "NCHW"',
  });
});
