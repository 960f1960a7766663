import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {useBackend} from '../../helpers/backends';
import {integers, onBothBackends} from '../../helpers/both_backends';
import {volumeCases} from '../../helpers/volume_cases';

test.serial('cubic windows: the gradient matches the cpu backend, equal values included', async (t) => {
  await fc.assert(
    fc.asyncProperty(volumeCases, async ({x, filter, strides, pad, seed}) => {
      const {cpu, wasm} = await onBothBackends(t, () => {
        const pool = (v: tf.Tensor) => tf.maxPool3d(v as tf.Tensor5D, filter[0], strides, pad);
        const input = tf.sub(integers(x, seed), 2);
        const {shape} = pool(input);
        return shape.includes(0) ? [] : [tf.grad(pool)(input, integers(shape, seed + 1))];
      });
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 150, seed: 1},
  );
});

// The gradient of tfjs's cpu backend is wrong here, and is replaced by importing the package. Its pooling is right: with distinct whole numbers, raising one value by a
// half changes Σ dy · y by half of the derivative.
test.serial('windows of any shape: the gradient matches the difference quotient', async (t) => {
  const shape = [2, 3, 4, 3, 1];
  const size = tf.util.sizeFromShape(shape);
  for (const window of [
    [1, 2, 3],
    [2, 3, 1],
    [3, 1, 2],
  ] as [number, number, number][]) {
    for (const pad of ['same', 'valid'] as const) {
      const pool = (v: tf.Tensor) => tf.maxPool3d(v as tf.Tensor5D, window, [1, 2, 1], pad);
      // 29 and 72 have no common divisor: these are −36 … 35, each once.
      const values = Float32Array.from({length: size}, (_, i) => ((i * 29) % size) - size / 2);
      const raised = (at: number) => values.map((value, i) => (i === at ? value + 0.5 : value));
      await useBackend('cpu');
      const expected = tf.tidy(() => {
        const loss = (v: Float32Array) => {
          const y = pool(tf.tensor(v, shape));
          return tf.sum(tf.mul(y, integers(y.shape, 5))).dataSync()[0];
        };
        const start = loss(values);
        return Array.from(values, (_, i) => (loss(raised(i)) - start) * 2);
      });
      await useBackend('wasm');
      const actual = tf.tidy(() => {
        const x = tf.tensor(values, shape);
        return Array.from(
          tf
            .grad(pool)(x, integers(pool(x).shape, 5))
            .dataSync(),
        );
      });
      t.deepEqual(
        actual.map((value) => value + 0),
        expected.map((value) => value + 0),
      );
    }
  }
});
