import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ExpectedCalibrationError} from '../../src/metrics';
import {useBackend} from '../helpers/backends';
import {
  BACKENDS,
  binary,
  isClose,
  judged,
  multiLabel,
  roundTrips,
  singleLabel,
  splitsAlike,
  tensorsOf,
  useAnyBackend,
} from '../helpers/pass_metrics';

test('is restored from its configuration', (t) => {
  roundTrips(t, new ExpectedCalibrationError(), {bins: 15});
  roundTrips(t, new ExpectedCalibrationError({bins: 5, activation: 'sigmoid', fromLogits: true}), {
    bins: 5,
    activation: 'sigmoid',
    from_logits: true,
  });
  t.is(new ExpectedCalibrationError().name, 'calibration_error');
});

for (const backend of BACKENDS) {
  test.serial(`equals torchmetrics' calibration_error (${backend})`, async (t) => {
    await useAnyBackend(backend);
    for (const fixture of [...singleLabel, ...binary]) {
      for (const [bins, expected] of Object.entries(fixture.calibration)) {
        const [labels, logits] = tensorsOf(fixture);
        const value = judged(new ExpectedCalibrationError({bins: Number(bins)}), labels, logits);
        t.true(isClose(value, expected, 1e-5), `${value}, not ${expected}`);
        const probabilities = logits.shape[1] === 1 ? tf.sigmoid(logits) : tf.softmax(logits);
        const metric = new ExpectedCalibrationError({bins: Number(bins), fromLogits: false});
        t.true(isClose(judged(metric, labels, probabilities), expected, 1e-3));
      }
    }
  });
}

test.serial('any order and any batches give the same', async (t) => {
  await useBackend('cpu');
  splitsAlike(t, new ExpectedCalibrationError(), tensorsOf(singleLabel[2]));
  splitsAlike(t, new ExpectedCalibrationError({activation: 'sigmoid'}), tensorsOf(multiLabel[0]));
});

test.serial('a confidence of 1 is in the last bin, and NaN shows', async (t) => {
  await useBackend('cpu');
  const metric = new ExpectedCalibrationError({bins: 2, fromLogits: false});
  t.is(
    judged(
      metric,
      tf.tensor1d([0, 1], 'int32'),
      tf.tensor2d([
        [1, 0],
        [1, 0],
      ]),
    ),
    0.5,
  );
  t.is(judged(metric, tf.tensor1d([0], 'int32'), tf.tensor2d([[Number.NaN, Number.NaN]])), Number.NaN);
  t.is(judged(metric, tf.tensor1d([], 'int32'), tf.zeros([0, 2])), Number.NaN);
  t.throws(() => new ExpectedCalibrationError({bins: 0}), {name: 'ValueError'});
  t.throws(() => new ExpectedCalibrationError({activation: 'relu' as never}), {name: 'ValueError'});
});
