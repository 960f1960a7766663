import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {gradientsOf, sameOnUsedMemory} from '../../helpers/used_memory';

type Cases = Record<string, () => tf.Tensor | tf.Tensor[]>;
const ones = (...shape: number[]) => tf.ones(shape) as never;
const TRANSPOSES = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;
/** Rows, inner dimension and columns, one or more of them 0. */
const SIZES = [
  [3, 0, 2],
  [20, 0, 30],
  [0, 3, 2],
  [3, 2, 0],
  [0, 0, 2],
  [0, 0, 0],
];
const BATCHES = [
  [[], []],
  [[1], [1]],
  [[3], [3]],
  [[3], [1]],
  [[1], [3]],
  [
    [2, 1],
    [1, 3],
  ],
];

function products(
  batches: number[][][],
  each: (a: tf.Tensor, b: tf.Tensor, tA: boolean, tB: boolean) => never,
) {
  const cases: Cases = {};
  for (const [transposeA, transposeB] of TRANSPOSES) {
    for (const [rows, inner, columns] of SIZES) {
      for (const [batchA, batchB] of batches) {
        const a = [...batchA, ...(transposeA ? [inner, rows] : [rows, inner])];
        const b = [...batchB, ...(transposeB ? [columns, inner] : [inner, columns])];
        cases[`[${a}] × [${b}], transposed: ${transposeA}, ${transposeB}`] = () =>
          each(tf.ones(a), tf.ones(b), transposeA, transposeB);
      }
    }
  }
  return cases;
}

test.serial('products over nothing are zeros, as on the cpu backend', async (t) => {
  await sameOnUsedMemory(
    t,
    products(BATCHES, (a, b, tA, tB) => tf.matMul(a, b, tA, tB) as never),
  );
});

test.serial('gradients of products without rows, columns or terms are zeros', async (t) => {
  // tfjs has no gradient for a batch that is broadcast.
  const alike = BATCHES.slice(0, 3);
  await sameOnUsedMemory(
    t,
    products(alike, (...[a, b, tA, tB]) => gradientsOf((a, b) => tf.matMul(a, b, tA, tB), a, b) as never),
  );
});

for (const activation of ['linear', 'relu', 'sigmoid', 'elu', 'prelu'] as const) {
  test.serial(`a fused product over nothing is ${activation} of the bias`, async (t) => {
    const fused = (a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean, bias: boolean) => {
      const columns = b.shape[b.shape.length - (transposeB ? 2 : 1)];
      const preluActivationWeights = activation === 'prelu' ? tf.fill([columns], 0.5) : undefined;
      return tf.fused.matMul({
        ...{a, b, transposeA, transposeB, activation, preluActivationWeights},
        bias: bias ? tf.fill([columns], -0.5) : undefined,
      }) as never;
    };
    // tfjs's cpu backend adds a bias to a batch of several matrices along another axis than its wasm backend.
    const single = BATCHES.slice(0, 2);
    await sameOnUsedMemory(
      t,
      products(single, (...call) => fused(...call, true)),
    );
    await sameOnUsedMemory(
      t,
      products(single, (...call) => fused(...call, false)),
    );
  });
}

test.serial('convolutions of images without channels are zeros, or their bias if fused', async (t) => {
  const cases: Cases = {};
  for (const [strides, pad, size] of [
    [1, 'same', 3],
    [2, 'valid', 3],
    [4, 'valid', 1],
  ] as const) {
    const inputs = () => [ones(2, 8, 8, 0), ones(size, size, 0, 4)];
    const conv2d = (x: never, filter: never) => tf.conv2d(x, filter, strides, pad);
    const fused = (x: never, filter: never, bias?: never) =>
      tf.fused.conv2d({x, filter, strides, pad, bias, activation: bias && 'relu'});
    const transposed = (x: never, filter: never) =>
      tf.conv2dTranspose(x, filter, [2, 8 * strides, 8 * strides, 4], strides, 'same');
    const name = `strides ${strides}, ${pad}, filter of ${size}`;
    cases[`conv2d, ${name}`] = () => conv2d(...(inputs() as [never, never]));
    cases[`conv2d's gradients, ${name}`] = () => gradientsOf(conv2d, ...inputs());
    cases[`fused conv2d, ${name}`] = () => fused(...(inputs() as [never, never]));
    cases[`fused conv2d with a bias, ${name}`] = () => fused(...(inputs() as [never, never]), ones(4));
    cases[`transposed conv2d, ${name}`] = () => transposed(ones(2, 8, 8, 0), ones(size, size, 4, 0));
    cases[`transposed conv2d's gradients, ${name}`] = () =>
      gradientsOf(transposed, ones(2, 8, 8, 0), ones(size, size, 4, 0));
    cases[`conv3d's gradients, ${name}`] = () =>
      gradientsOf((x, w) => tf.conv3d(x, w, strides, pad), ones(2, 5, 5, 5, 0), ones(size, size, size, 0, 4));
  }
  await sameOnUsedMemory(t, cases);
});
