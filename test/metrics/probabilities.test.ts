import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BinaryAccuracy, ExpectedCalibrationError, F1} from '../../src/metrics';
import {checkedProbabilities} from '../../src/metrics/probabilities';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';

const fromLogits = false;

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`logits are not probabilities (${backend})`, async (t) => {
    await useBackend(backend);
    const refused = {
      name: 'ValueError',
      message:
        'Expected `yPred` to hold probabilities, 0 … 1, where `fromLogits` is false. Received: 3 in row 1',
    };
    const one = tf.tensor1d([1, 0], 'int32');
    for (const metric of [new BinaryAccuracy({fromLogits}), new F1({fromLogits})]) {
      t.throws(() => metric(one, tf.tensor2d([[0.5], [3]])), refused);
    }
    const several = tf.tensor2d([
      [0.5, 0.5],
      [3, -2],
    ]);
    t.throws(() => new ExpectedCalibrationError({fromLogits})(one, several), refused);
    t.notThrows(() => new F1({fromLogits})(one, several), 'the highest class is the same');
  });
}

test.serial('rounding, NaN and rows that do not count pass', async (t) => {
  await useBackend('cpu');
  const rounded = tf.tensor2d([[1.0000001], [-1e-8], [Number.NaN]]);
  t.is(checkedProbabilities(rounded), rounded);
  const ignored = tf.tensor2d([[7], [0.5]]);
  t.is(checkedProbabilities(ignored, tf.tensor1d([false, true], 'bool')), ignored);
});

test.serial('if scores cannot be read synchronously, others become NaN', async (t) => {
  await useGpuLikeBackend();
  const scores = tf.tensor2d([[7], [0.5], [-3]]);
  t.deepEqual([...checkedProbabilities(scores).dataSync()], [Number.NaN, 0.5, Number.NaN]);
  const counted = tf.tensor1d([false, true, true], 'bool');
  t.deepEqual([...checkedProbabilities(scores, counted).dataSync()], [7, 0.5, Number.NaN]);
  const accuracy = new BinaryAccuracy({fromLogits})(tf.tensor1d([1, 0, 0], 'int32'), scores);
  t.is(accuracy.dataSync()[0], Number.NaN);
});
