import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {meanRecall} from '../../src/metrics/mean_recall';
import {useBackend} from '../helpers/backends';

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`averages the recall of the classes that occur (${backend})`, async (t) => {
    await useBackend(backend);
    const value = (hits: number[], support: number[]) =>
      meanRecall(tf.tensor1d(hits), tf.tensor1d(support)).dataSync()[0];
    t.is(value([1, 0, 8], [2, 0, 8]), 0.75);
    t.is(value([0, 3], [5, 3]), 0.5);
    t.is(value([4], [4]), 1);
    t.is(value([0, 0], [0, 0]), Number.NaN);
    t.deepEqual(meanRecall(tf.ones([3]), tf.ones([3])).shape, []);
  });
}
