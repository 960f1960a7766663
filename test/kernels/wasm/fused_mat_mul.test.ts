import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {useBackend} from '../../helpers/backends';
import {integers, onBothBackends} from '../../helpers/both_backends';

const bias = (units: number) => integers([units], 4) as tf.Tensor1D;

test.serial('a product with a bias matches the cpu backend: odd sizes, transposed or not', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () =>
    [
      [64, 30, 17],
      [9, 300, 8],
      [3, 5, 7],
      [1, 4, 1],
    ].flatMap(([m, k, n]) =>
      [0, 1, 2, 3].flatMap((flags) => {
        const [transposeA, transposeB] = [flags % 2 === 1, flags > 1];
        const a = integers(transposeA ? [k, m] : [m, k], 1) as tf.Tensor2D;
        const b = integers(transposeB ? [n, k] : [k, n], 2) as tf.Tensor2D;
        return [bias(n), undefined].map((bias) =>
          tf.fused.matMul({a, b, transposeA, transposeB, bias, activation: 'linear'}),
        );
      }),
    ),
  );
  t.deepEqual(wasm, cpu);
});

test.serial('an activation is left to tfjs', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () => [
    tf.fused.matMul({
      a: integers([9, 6], 1) as tf.Tensor2D,
      b: integers([6, 5], 2) as tf.Tensor2D,
      bias: bias(5),
      activation: 'relu',
    }),
  ]);
  t.deepEqual(wasm, cpu);
});

test.serial('batched and transposed matrices get the bias, with each activation', async (t) => {
  const activations = ['linear', 'relu', 'relu6', 'elu', 'prelu', 'leakyrelu', 'sigmoid'] as const;
  const {cpu, wasm} = await onBothBackends(t, () =>
    [
      [1, 1],
      [2, 2],
      [3, 1],
      [1, 2],
    ].flatMap(([left, right]) =>
      [0, 1, 2, 3].flatMap((flags) => {
        const [transposeA, transposeB] = [flags % 2 === 1, flags > 1];
        const a = integers(transposeA ? [left, 3, 9] : [left, 9, 3], 1) as tf.Tensor3D;
        const b = integers(transposeB ? [right, 5, 3] : [right, 3, 5], 2) as tf.Tensor3D;
        return activations.map((activation) =>
          tf.fused.matMul({
            a,
            b,
            transposeA,
            transposeB,
            bias: bias(5),
            activation,
            preluActivationWeights: activation === 'prelu' ? integers([5], 5) : undefined,
            leakyreluAlpha: 0.25,
          }),
        );
      }),
    ),
  );
  t.is(wasm.length, cpu.length);
  for (const [i, values] of cpu.entries()) {
    const off = values.map((value: number, k: number) => Math.abs(value - wasm[i][k]));
    t.true(Math.max(...off) < 1e-5, `${i}`);
  }
});

test.serial('a bias of any rank is added as on cpu', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () =>
    [[5], [1, 5], [9, 5], []].flatMap((shape) =>
      (['linear', 'relu'] as const).map((activation) =>
        tf.fused.matMul({
          a: integers([9, 6], 1) as tf.Tensor2D,
          b: integers([6, 5], 2) as tf.Tensor2D,
          bias: integers(shape, 4),
          activation,
        }),
      ),
    ),
  );
  t.deepEqual(wasm, cpu);
});

test.serial('a reshaped right-hand matrix is multiplied in its own shape', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () => {
    const b = integers([4, 6], 1) as tf.Tensor2D;
    const sides = [4, 6, 3, 4];
    return sides.map((depth) =>
      tf.fused.matMul({
        a: integers([9, depth], 2) as tf.Tensor2D,
        b: b.reshape([depth, 24 / depth]) as tf.Tensor2D,
        bias: bias(24 / depth),
        activation: 'relu',
      }),
    );
  });
  t.deepEqual(wasm, cpu);
});

test.serial('an unknown activation is an error', async (t) => {
  await useBackend('wasm');
  const [a, b] = [integers([2, 9, 3], 1), integers([2, 3, 5], 2)];
  const attrs = {transposeA: false, transposeB: false, activation: 'softplus', leakyreluAlpha: 0.25};
  t.throws(() => tf.engine().runKernel('_FusedMatMul', {a, b, bias: bias(5)}, attrs), {
    message: /softplus activation not yet supported/,
  });
});

test.serial('its gradients match the cpu backend', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () =>
    tf.grads((a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) =>
      tf.fused.matMul({a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias}),
    )([integers([10, 6], 1), integers([6, 5], 2), bias(5)], integers([10, 5], 3)),
  );
  t.deepEqual(wasm, cpu);
});
