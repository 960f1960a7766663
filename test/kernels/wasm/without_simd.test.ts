import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {useBackend} from '../../helpers/backends';
import {integers, onBothBackends} from '../../helpers/both_backends';

// An engine without SIMD, as tfjs's wasm backend and the kernels find out, each at its first use.
test.before(() => {
  WebAssembly.validate = () => false;
});

test.serial(
  'without SIMD, products, convolutions and their gradients are still those of the cpu backend',
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

test.serial('and optimizers run as tfjs composes them', async (t) => {
  await useBackend('wasm');
  const w = tf.variable(tf.tensor1d([1, 2]));
  const {kernelNames} = await tf.profile(() =>
    tf.train.sgd(1).applyGradients([{name: w.name, tensor: tf.tensor1d([1, 1])}]),
  );
  t.false(kernelNames.includes('OptimizerUpdate'));
  t.deepEqual([...w.dataSync()], [0, 1]);
});
