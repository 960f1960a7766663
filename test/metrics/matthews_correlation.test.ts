import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {MatthewsCorrelation} from '../../src/metrics';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {
  BACKENDS,
  binary,
  isClose,
  judged,
  roundTrips,
  singleLabel,
  splitsAlike,
  tensorsOf,
  useAnyBackend,
} from '../helpers/pass_metrics';

test('is restored from its configuration', (t) => {
  roundTrips(t, new MatthewsCorrelation(), {});
  t.is(new MatthewsCorrelation().name, 'matthews_correlation');
});

for (const backend of BACKENDS) {
  test.serial(`equals scikit-learn's matthews_corrcoef (${backend})`, async (t) => {
    await useAnyBackend(backend);
    for (const fixture of [...singleLabel, ...binary]) {
      const value = judged(new MatthewsCorrelation(), ...tensorsOf(fixture));
      t.true(isClose(value, fixture.matthews, 5e-6), `${value}, not ${fixture.matthews}`);
    }
  });
}

test.serial('any order and any batches give the same', async (t) => {
  await useBackend('cpu');
  splitsAlike(t, new MatthewsCorrelation(), tensorsOf(singleLabel[2]));
  splitsAlike(t, new MatthewsCorrelation(), tensorsOf(binary[1]));
});

test.serial('float32 does not lose one positive in a million', async (t) => {
  await useBackend('cpu');
  const metric = new MatthewsCorrelation();
  const counts = (...values: number[]) => values.map((n) => tf.tensor1d([n]));
  // tp = 2 of 5 positives, 4 predicted: (tp · tn − fp · fn) / √(…), in float64.
  const wanted = (2 * 999993 - 2 * 3) / Math.sqrt(5 * 999995 * 4 * 999996);
  const value = metric.result(counts(2, 5, 4, 1e6)).dataSync()[0];
  t.true(Math.abs(value - wanted) < 1e-6, `${value}`);
});

test.serial('rows of several classes are rejected, or NaN if they cannot be read', async (t) => {
  await useBackend('cpu');
  const several = () =>
    [
      tf.tensor2d([
        [1, 0, 0],
        [1, 1, 0],
      ]),
      tf.tensor2d([
        [1, 0, 0],
        [1, 0, 0],
      ]),
    ] as const;
  t.throws(() => new MatthewsCorrelation()(...several()), {name: 'ValueError', message: /several in row 1/});
  await useGpuLikeBackend();
  t.is(judged(new MatthewsCorrelation(), ...several()), Number.NaN);
  t.is(judged(new MatthewsCorrelation(), tf.tensor1d([], 'int32'), tf.zeros([0, 3])), Number.NaN);
});

test.serial('ignored rows do not count', async (t) => {
  await useBackend('cpu');
  const {labels, logits} = binary[1];
  const kept = labels.map((_, row) => row).filter((row) => row % 3 > 0);
  const marked = tf.tensor1d(
    labels.map((y, row) => (row % 3 > 0 ? y : 255)),
    'int32',
  );
  const scores = tf.tensor2d(logits, [labels.length, 1]);
  const expected = judged(
    new MatthewsCorrelation(),
    tf.gather(tf.tensor1d(labels, 'int32'), kept),
    tf.gather(scores, kept),
  );
  t.true(isClose(judged(new MatthewsCorrelation({ignoreLabel: 255}), marked, scores), expected));
});
