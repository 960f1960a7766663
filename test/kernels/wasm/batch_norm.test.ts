import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {integers, onBothBackends} from '../../helpers/both_backends';

const EPSILON = 1e-3;

/** The op without `scale` or `offset`, or with both and its gradients by all arguments. */
function outputs(shape: number[], given: {scale: boolean; offset: boolean}): tf.Tensor[] {
  const channels = shape[shape.length - 1];
  const of = (seed: number) => integers([channels], seed);
  const variance = tf.add(tf.abs(of(3)), 0.5);
  const inputs = [integers(shape, 1), of(2), variance];
  if (given.scale) inputs.push(of(4));
  if (given.offset) inputs.push(of(5));
  const op = (...[x, mean, v, ...rest]: tf.Tensor[]) => {
    const scale = given.scale ? rest[0] : undefined;
    const offset = given.offset ? rest[rest.length - 1] : undefined;
    return tf.batchNorm(
      x as tf.Tensor4D,
      mean as tf.Tensor1D,
      v as tf.Tensor1D,
      offset as never,
      scale as never,
      EPSILON,
    );
  };
  // tfjs's gradient needs both.
  const all = given.scale && given.offset;
  return [op(...inputs), ...(all ? tf.grads(op)(inputs, integers(shape, 6)) : [])];
}

test.serial('batch normalization and its gradients agree with the cpu backend', async (t) => {
  for (const shape of [
    [2, 3, 4, 5],
    [3, 2, 2, 8],
    [1, 1, 1, 1],
    [2, 5, 1, 6],
    [0, 3, 3, 4],
  ]) {
    for (const scale of [true, false]) {
      for (const offset of [true, false]) {
        const {cpu, wasm} = await onBothBackends(t, () => outputs(shape, {scale, offset}));
        cpu.forEach((values, i) => {
          t.is(wasm[i].length, values.length);
          values.forEach((value, k) => {
            const off = Math.abs(wasm[i][k] - value);
            t.true(off <= 2e-6 * Math.max(1, Math.abs(value)), `${shape}, ${i}: ${wasm[i][k]}, not ${value}`);
          });
        });
      }
    }
  }
});

test.serial('a mean for each number, or of rank 4, is left to tfjs', async (t) => {
  const {cpu, wasm} = await onBothBackends(t, () => {
    const x = integers([2, 2, 2, 3], 1) as tf.Tensor4D;
    const mean = integers([1, 1, 1, 3], 2) as tf.Tensor4D;
    return [tf.batchNorm(x, mean, tf.add(tf.abs(mean), 1) as tf.Tensor4D)];
  });
  cpu[0].forEach((value, k) => {
    t.true(Math.abs(wasm[0][k] - value) < 1e-5);
  });
});

test.serial('a layer in training gives the gradients of float64', async (t) => {
  // x̂ = (x − μ)/σ, dx = γ/σ · (dy − mean(dy) − x̂ · mean(dy · x̂)).
  const [rows, channels] = [7, 3];
  const x = Float64Array.from({length: rows * channels}, (_, i) => Math.fround(Math.sin(3 * i) * 4));
  const dy = Float64Array.from({length: rows * channels}, (_, i) => Math.fround(Math.cos(5 * i)));
  const {wasm} = await onBothBackends(t, () => {
    const normalized = (input: tf.Tensor) => {
      const {mean, variance} = tf.moments(input, [0, 1, 2]);
      return tf.batchNorm(
        input as tf.Tensor4D,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        tf.zeros([channels]),
        tf.ones([channels]),
        EPSILON,
      );
    };
    const shape = [rows, 1, 1, channels];
    return [
      tf.grad(normalized)(tf.tensor(Float32Array.from(x), shape), tf.tensor(Float32Array.from(dy), shape)),
    ];
  });
  const mean = (c: number, of: (i: number) => number) =>
    Array.from({length: rows}, (_, r) => of(r * channels + c)).reduce((a, b) => a + b, 0) / rows;
  for (let c = 0; c < channels; c++) {
    const center = mean(c, (i) => x[i]);
    const sigma = Math.sqrt(mean(c, (i) => (x[i] - center) ** 2) + EPSILON);
    const hat = (i: number) => (x[i] - center) / sigma;
    for (let i = c; i < x.length; i += channels) {
      const expected = (dy[i] - mean(c, (k) => dy[k]) - hat(i) * mean(c, (k) => dy[k] * hat(k))) / sigma;
      t.true(Math.abs(wasm[0][i] - expected) < 1e-6, `${wasm[0][i]}, not ${expected}`);
    }
  }
});
