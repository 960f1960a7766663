import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {integers, onBothBackends} from '../../helpers/both_backends';

type Image = tf.Tensor4D;

/** Filters, strides and sizes of images, with strides that pass over pixels among them. */
const CASES = [1, 2, 3].flatMap((size) =>
  [1, 2, 3, 4, 5].flatMap((stride) => [5, 6, 7, 8, 9, 12].map((image) => ({size, stride, image}))),
);

for (const [name, channels, convolve] of [
  ['conv2d', 2, tf.conv2d],
  ['depthwise conv2d', 1, tf.depthwiseConv2d],
] as const) {
  test.serial(`${name} padded as 'same', and its gradients, match the cpu backend`, async (t) => {
    const op = (x: Image, w: Image, stride: number) => convolve(x, w, stride, 'same');
    const {cpu, wasm} = await onBothBackends(t, () =>
      CASES.flatMap(({size, stride, image}) => {
        const inputs = [
          integers([2, image, image + 1, 3], 1),
          integers([size, size, 3, channels], 2),
        ] as never[];
        const y = op(inputs[0], inputs[1], stride);
        const gradients = tf.grads((x, w) => op(x as Image, w as Image, stride))(
          inputs,
          integers(y.shape, 3),
        );
        return [y, ...gradients];
      }),
    );
    t.deepEqual(wasm, cpu);
  });
}

test.serial("fused convolutions padded as 'same' match the cpu backend", async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () =>
    CASES.flatMap(({size, stride: strides, image}) => {
      const x = integers([2, image, image + 1, 3], 1) as Image;
      const options = {x, strides, pad: 'same', activation: 'relu'} as const;
      return [
        tf.fused.conv2d({
          ...options,
          filter: integers([size, size, 3, 2], 2) as Image,
          bias: tf.tensor1d([1, -2]),
        }),
        tf.fused.depthwiseConv2d({...options, filter: integers([size, size, 3, 1], 2) as Image}),
      ];
    }),
  );
  t.deepEqual(wasm, cpu);
});

test.serial('strides that skip pixels in one direction only', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () =>
    (
      [
        [1, 4],
        [5, 2],
        [3, 3],
      ] as [number, number][]
    ).map((strides) =>
      tf.conv2d(integers([1, 8, 12, 3], 1) as Image, integers([3, 2, 3, 2], 2) as Image, strides, 'same'),
    ),
  );
  t.deepEqual(wasm, cpu);
});
