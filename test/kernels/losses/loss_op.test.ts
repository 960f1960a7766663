import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {type LossPass, lossOp} from '../../../src/kernels/losses/loss_op';
import {useBackend} from '../../helpers/backends';

/** Σ_j k_r z_j² of each row, with gradient 2 k_r z; k is what the pass saves. */
const squares = (factors: tf.Tensor): LossPass => ({
  forward: (z, differentiable) => ({
    losses: tf.mul(factors, tf.sum(tf.square(z), 1)),
    saved: differentiable ? [z, factors] : [],
  }),
  gradient: (dy, [z, k]) => tf.mul(tf.mul(2, z), tf.expandDims(tf.mul(dy, k), 1)),
});

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

test.beforeEach(() => useBackend('cpu'));

test.serial("returns the value, and the pass's gradient for an upstream gradient", (t) => {
  const z = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const factors = tf.tensor1d([1, 10]);
  t.deepEqual(numbers(lossOp(squares(factors), z)), [5, 250]);
  const gradient = tf.grads((x: tf.Tensor) => lossOp(squares(factors), x))([z], tf.tensor1d([1, -1]))[0];
  t.deepEqual(numbers(gradient), [2, 4, -60, -80]);
  const chained = tf.grad((x: tf.Tensor) => tf.sum(lossOp(squares(factors), tf.mul(x, 2))))(z);
  t.deepEqual(numbers(chained), [8, 16, 240, 320]);
});

test.serial('saved tensors outlive a tidy around the loss, and nothing outlives the gradient', (t) => {
  const z = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const before = tf.memory().numTensors;
  const gradient = tf.grad((x: tf.Tensor) => tf.tidy(() => tf.sum(lossOp(squares(tf.tensor1d([1, 10])), x))))(
    z,
  );
  t.deepEqual(numbers(gradient), [2, 4, 60, 80]);
  gradient.dispose();
  t.is(tf.memory().numTensors, before);
});

test.serial('without a gradient nothing is saved', (t) => {
  const z = tf.tensor2d([1, 2], [1, 2]);
  const before = tf.memory().numTensors;
  const loss = tf.tidy(() => lossOp(squares(tf.tensor1d([1])), z));
  t.is(tf.memory().numTensors, before + 1);
  loss.dispose();
});

test.serial('integers and booleans are cast to their values', async (t) => {
  for (const backend of ['cpu', 'wasm'] as const) {
    await useBackend(backend);
    const factors = tf.tensor1d([1, 10]);
    const integers = tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32');
    t.deepEqual(numbers(lossOp(squares(factors), integers)), [5, 250], backend);
    const flags = tf.tensor2d([true, true, false, true] as never, [2, 2], 'bool');
    t.deepEqual(numbers(lossOp(squares(factors), flags)), [2, 10], backend);
    const {value, grads} = tf.valueAndGrads((x: tf.Tensor) => lossOp(squares(factors), x))(
      [integers],
      tf.tensor1d([1, -1]),
    );
    t.deepEqual(
      [numbers(value), numbers(grads[0])],
      [
        [5, 250],
        [2, 4, -60, -80],
      ],
      backend,
    );
  }
});

test.serial('predictions that are not real numbers are rejected', (t) => {
  const pass = squares(tf.tensor1d([1]));
  const complex = tf.complex(tf.zeros([1, 2]), tf.ones([1, 2]));
  for (const z of [tf.tensor2d([['1', '2']]), complex]) {
    t.throws(() => lossOp(pass, z), {
      name: 'ValueError',
      message: `Expected \`yPred\` to be a tensor of dtype float32, int32 or bool. Received: "${z.dtype}"`,
    });
  }
});

test.serial('a second derivative is an error, with respect to z and to the upstream gradient', (t) => {
  const factors = tf.tensor1d([1]);
  const z = tf.tensor2d([1, 2], [1, 2]);
  const first = (x: tf.Tensor, dy: tf.Tensor) =>
    tf.sum(tf.grads((x2: tf.Tensor) => lossOp(squares(factors), x2))([x], dy)[0]);
  const message = 'Second-order gradients of this loss are not available: take the first only.';
  t.throws(() => tf.grad((x: tf.Tensor) => first(x, tf.ones([1])))(z), {message});
  t.throws(() => tf.grad((dy: tf.Tensor) => first(z, dy))(tf.ones([1])), {message});
});
