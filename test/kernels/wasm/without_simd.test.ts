import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {useBackend} from '../../helpers/backends';
import {integers, onBothBackends} from '../../helpers/both_backends';

// An engine without SIMD, as tfjs's wasm backend and the kernels find out, each at its first use.
test.before(() => {
  WebAssembly.validate = () => false;
});

test.serial(
  'without SIMD, products, convolutions and their gradients still match the cpu backend',
  async (t) => {
    const convolve = (x: tf.Tensor, w: tf.Tensor) =>
      tf.relu(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same'));
    const dense = (x: tf.Tensor, w: tf.Tensor, bias: tf.Tensor) =>
      tf.fused.matMul({a: x as tf.Tensor2D, b: w as tf.Tensor2D, bias});
    const {cpu, wasm} = await onBothBackends(t, () => [
      ...tf.grads(convolve)([integers([2, 7, 6, 3], 1), integers([3, 2, 3, 5], 2)]),
      ...tf.grads(dense)([integers([12, 7], 1), integers([7, 5], 2), integers([5], 3)]),
    ]);
    t.deepEqual(wasm, cpu);
    t.false(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'));
  },
);

test.serial(
  'products of any transposition, more rows than columns and fewer, in two shapes of one tensor',
  async (t) => {
    const {cpu, wasm} = await onBothBackends(t, () => {
      const products = [
        [12, 7, 5],
        [3, 7, 20],
        [9, 4, 9],
      ].flatMap(([m, k, n]) =>
        [0, 1, 2, 3].map((flags) => {
          const [transposeA, transposeB] = [flags % 2 === 1, flags > 1];
          const a = integers(transposeA ? [k, m] : [m, k], 1);
          const b = integers(transposeB ? [n, k] : [k, n], 2);
          return tf.matMul(a, b, transposeA, transposeB);
        }),
      );
      const b = integers([4, 60], 1);
      const [four, sixty] = [integers([9, 4], 2), integers([9, 60], 3)];
      return [...products, tf.matMul(four, b), tf.matMul(sixty, tf.reshape(b, [60, 4]))];
    });
    t.deepEqual(wasm, cpu);
  },
);

test.serial(
  'input gradients of convolutions with stride 1, and with strides too large for a convolution to pay',
  async (t) => {
    const {cpu, wasm} = await onBothBackends(t, () =>
      ([1, 3, 4] as const).flatMap((stride) => {
        const filter = integers([3, 2, 3, 5], 2) as tf.Tensor4D;
        const convolve = (x: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, filter, stride, 'same');
        const x = integers([2, 9, 8, 3], 1);
        return [tf.grad(convolve)(x, integers(convolve(x).shape, 3))];
      }),
    );
    t.deepEqual(wasm, cpu);
  },
);

test.serial('filter gradients of depthwise convolutions, and sums over axes in the middle', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () => [
    ...[1, 2].map((stride) => {
      const x = integers([2, 9, 8, 5], 1) as tf.Tensor4D;
      const convolve = (w: tf.Tensor) => tf.depthwiseConv2d(x, w as tf.Tensor4D, stride, 'same');
      const w = integers([3, 4, 5, 1], 2);
      return tf.grad(convolve)(w, integers(convolve(w).shape, 3));
    }),
    tf.sum(integers([3, 4, 5, 6], 1), [1, 2]),
    tf.sum(integers([3, 4, 5], 1), 1),
  ]);
  t.deepEqual(wasm, cpu);
});

test.serial('optimizers run as tfjs composes them', async (t) => {
  await useBackend('wasm');
  const w = tf.variable(tf.tensor1d([1, 2]));
  const {kernelNames} = await tf.profile(() =>
    tf.train.sgd(1).applyGradients([{name: w.name, tensor: tf.tensor1d([1, 1])}]),
  );
  t.false(kernelNames.includes('OptimizerUpdate'));
  t.deepEqual([...w.dataSync()], [0, 1]);
});
