import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../../src';
import {useBackend} from '../../helpers/backends';
import {integers} from '../../helpers/both_backends';

const SHAPE = [2, 3, 4, 3, 1];

// Pooling is right on the cpu backend: with distinct whole numbers, raising one value by a half changes Σ dy · y by half
// of the derivative.
test.serial(
  'the gradient of max pooling of volumes matches the difference quotient, also on cpu',
  async (t) => {
    await useBackend('cpu');
    const size = tf.util.sizeFromShape(SHAPE);
    // 29 and 72 have no common divisor: these are −36 … 35, each once.
    const values = Float32Array.from({length: size}, (_, i) => ((i * 29) % size) - size / 2);
    const raised = (at: number) => values.map((value, i) => (i === at ? value + 0.5 : value));
    for (const window of [
      [1, 2, 3],
      [2, 3, 1],
      [3, 1, 2],
      [2, 2, 2],
    ] as [number, number, number][]) {
      for (const pad of ['same', 'valid'] as const) {
        tf.tidy(() => {
          const pool = (v: tf.Tensor) => tf.maxPool3d(v as tf.Tensor5D, window, [1, 2, 1], pad);
          const x = tf.tensor(values, SHAPE);
          const dy = integers(pool(x).shape, 5);
          const loss = (v: Float32Array) => tf.sum(tf.mul(pool(tf.tensor(v, SHAPE)), dy)).dataSync()[0];
          const start = loss(values);
          const quotients = Array.from(values, (_, i) => (loss(raised(i)) - start) * 2);
          const gradient = [...tf.grad(pool)(x, dy).dataSync()];
          // Zeros may have a sign.
          t.deepEqual(
            gradient.map((value) => value + 0),
            quotients.map((value) => value + 0),
            `${window}, ${pad}`,
          );
        });
      }
    }
  },
);
