import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ExpectedCalibrationError, F1} from '../../src/metrics';
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
  const labels = tf.tensor1d([255, 0], 'int32');
  const scores = tf.tensor2d([
    [7, 8],
    [1, 0],
  ]);
  t.is(new ExpectedCalibrationError({fromLogits, ignoreLabel: 255})(labels, scores).dataSync()[0], 0);
});

test.serial('if scores cannot be read synchronously, others become NaN', async (t) => {
  await useGpuLikeBackend();
  const scores = tf.tensor2d([[7], [0.5], [-3]]);
  t.deepEqual([...checkedProbabilities(scores).dataSync()], [Number.NaN, 0.5, Number.NaN]);
});
