import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {perSample} from '../../../src/losses/base/per_sample';
import {useBackend} from '../../helpers/backends';

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`a sample's loss is the mean over its rows (${backend})`, async (t) => {
    await useBackend(backend);
    const rows = tf.tensor1d([1, 2, 6, 10, 20, 60]);
    const sizes = (shape: number[]) => Array.from(perSample(rows, shape).dataSync(), Math.round);
    t.is(perSample(rows, [6, 3]), rows);
    t.deepEqual(sizes([2, 3, 4]), [3, 30]);
    t.deepEqual(sizes([1, 2, 3, 4]), [17]);
    t.deepEqual(sizes([6, 1, 4]), [1, 2, 6, 10, 20, 60]);
  });

  test.serial(`a thousand rows lose no digit (${backend})`, async (t) => {
    await useBackend(backend);
    const [mean] = perSample(tf.fill([1000], 0.1), [1, 1000, 3]).dataSync();
    t.is(mean, Math.fround(0.1));
  });

  test.serial(`its gradient is spread evenly over a sample's rows (${backend})`, async (t) => {
    await useBackend(backend);
    const gradient = tf.grads((x: tf.Tensor) => perSample(x, [2, 2, 3]))(
      [tf.tensor1d([1, 2, 3, 4])],
      tf.tensor1d([1, 5]),
    )[0];
    t.deepEqual(Array.from(gradient.dataSync()), [0.5, 0.5, 2.5, 2.5]);
  });

  test.serial(`no samples, and samples without rows (${backend})`, async (t) => {
    await useBackend(backend);
    const none = tf.tensor1d([]);
    for (const shape of [
      [0, 3],
      [0, 2, 3],
    ]) {
      t.deepEqual(perSample(none, shape).shape, [0]);
    }
    for (let i = 0; i < 3; ++i) {
      // Memory that the next tensor of this size may inherit.
      tf.fill([2], 7).dispose();
      t.deepEqual(Array.from(perSample(none, [2, 0, 3]).dataSync()), [0, 0]);
    }
    const gradient = tf.grads((x: tf.Tensor) => perSample(x, [2, 0, 3]))([none], tf.ones([2]))[0];
    t.deepEqual(gradient.shape, [0]);
  });
}
