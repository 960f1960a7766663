import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {predictedClasses} from '../../src/metrics/predicted_classes';
import {useBackend} from '../helpers/backends';

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`the highest class is predicted, a single one above its threshold (${backend})`, async (t) => {
    await useBackend(backend);
    const predicted = (scores: number[], classes: number, fromLogits = true) =>
      tf.tidy(() => {
        const rows = scores.length / classes;
        const yPred = tf.tensor2d(scores, [rows, classes]);
        return Array.from(
          predictedClasses(tf.zeros([rows, classes]), yPred, fromLogits).predicted.dataSync(),
        );
      });
    t.deepEqual(predicted([1, 3, 2, 5, 5, 0], 3), [1, 0], 'the first of several');
    t.deepEqual(predicted([0.2, 0, -1], 1), [0, 1, 1], 'class 0 is the positive, 1 background');
    t.deepEqual(predicted([0.2, 0.5, 0.7], 1, false), [1, 1, 0]);
    t.deepEqual(predicted([], 3), []);
  });
}
