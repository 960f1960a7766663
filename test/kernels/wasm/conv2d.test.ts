import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {integers, onBothBackends} from '../../helpers/both_backends';
import {convCases} from '../../helpers/conv_cases';

test.serial('convolutions match the cpu backend, for any geometry', async (t) => {
  await fc.assert(
    fc.asyncProperty(convCases, async ({x, filter, strides, pad, seed}) => {
      const {cpu, wasm} = await onBothBackends(t, () => [
        tf.conv2d(integers(x, seed) as tf.Tensor4D, integers(filter, seed + 1) as tf.Tensor4D, strides, pad),
      ]);
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 150, seed: 1},
  );
});

test.serial('dilations, rectangular ones among them, with both paddings', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () =>
    ([1, 2, 3, [1, 3], [4, 2]] as (number | [number, number])[]).flatMap((dilations) =>
      (['same', 'valid'] as const).flatMap((pad) =>
        (
          [
            [3, 2, 3, 5],
            [2, 3, 3, 8],
          ] as [number, number, number, number][]
        ).map((filter) =>
          tf.conv2d(
            integers([2, 11, 9, 3], 1) as tf.Tensor4D,
            integers(filter, 2) as tf.Tensor4D,
            1,
            pad,
            'NHWC',
            dilations,
          ),
        ),
      ),
    ),
  );
  t.deepEqual(wasm, cpu);
});

test.serial(
  'images with more outputs than are unfolded at a time, deep patches, and images of one pixel',
  async (t) => {
    const cases = [
      {x: [3, 30, 31, 2], filter: [3, 3, 2, 9], strides: 1},
      {x: [2, 9, 9, 70], filter: [3, 3, 70, 17], strides: 2},
      {x: [2, 9, 8, 12], filter: [1, 1, 12, 20], strides: 1},
      {x: [2, 9, 8, 12], filter: [1, 1, 12, 20], strides: 2},
    ] as {x: [number, number, number, number]; filter: [number, number, number, number]; strides: number}[];
    const {cpu, wasm} = await onBothBackends(t, () =>
      cases.flatMap(({x, filter, strides}) => {
        const convolve = (a: tf.Tensor, w: tf.Tensor) =>
          tf.conv2d(a as tf.Tensor4D, w as tf.Tensor4D, strides, 'same');
        const inputs = [integers(x, 1), integers(filter, 2)];
        const y = convolve(inputs[0], inputs[1]);
        return [y, ...tf.grads(convolve)(inputs, integers(y.shape, 3))];
      }),
    );
    t.deepEqual(wasm, cpu);
  },
);

test.serial('real numbers agree with float64, and are the same each time', async (t) => {
  const [size, channels, outChannels] = [6, 40, 8];
  const values = (length: number, seed: number) =>
    Float32Array.from({length}, (_, i) => Math.fround(Math.sin(i * 12.9898 + seed)));
  const x = values(size * size * channels, 1);
  const w = values(9 * channels * outChannels, 2);
  const {wasm} = await onBothBackends(t, () => {
    const image = tf.tensor4d(x, [1, size, size, channels]);
    const filter = tf.tensor4d(w, [3, 3, channels, outChannels]);
    return [tf.conv2d(image, filter, 1, 'valid'), tf.conv2d(image, filter, 1, 'valid')];
  });
  t.deepEqual(wasm[0], wasm[1]);
  const out = size - 2;
  let worst = 0;
  for (let at = 0; at < out * out * outChannels; at++) {
    const [co, ox, oy] = [
      at % outChannels,
      Math.floor(at / outChannels) % out,
      Math.floor(at / outChannels / out),
    ];
    let sum = 0;
    for (let tap = 0; tap < 9; tap++) {
      const pixel = (oy + Math.floor(tap / 3)) * size + ox + (tap % 3);
      for (let ci = 0; ci < channels; ci++)
        sum += x[pixel * channels + ci] * w[(tap * channels + ci) * outChannels + co];
    }
    worst = Math.max(worst, Math.abs(sum - wasm[0][at]));
  }
  // 360 products of at most 1, in one sum: √360 of them, each rounded to 2⁻²⁴, as a random walk.
  t.true(worst < 360 * 2 ** -24, `off by ${worst}`);
});
