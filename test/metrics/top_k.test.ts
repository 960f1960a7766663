import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ForegroundAccuracy, TopK} from '../../src/metrics';
import {useBackend} from '../helpers/backends';
import {
  BACKENDS,
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
  roundTrips(t, new TopK(), {k: 5});
  roundTrips(t, new TopK({k: 2, name: 'two'}), {k: 2, name: 'two'});
  t.is(new TopK({k: 3}).name, 'top_3_accuracy');
});

for (const backend of BACKENDS) {
  test.serial(`equals scikit-learn's top_k_accuracy_score (${backend})`, async (t) => {
    await useAnyBackend(backend);
    for (const fixture of singleLabel) {
      const data = tensorsOf(fixture);
      for (const [k, expected] of Object.entries(fixture.topK)) {
        t.true(isClose(judged(new TopK({k: Number(k)}), ...data), expected), `${fixture.classes}, ${k}`);
      }
      const [one, foreground] = [new TopK({k: 1}), new ForegroundAccuracy()];
      t.is(judged(one, ...data), judged(foreground, ...data));
    }
  });
}

test.serial('any order and any batches give the same', async (t) => {
  await useBackend('cpu');
  splitsAlike(t, new TopK({k: 2}), tensorsOf(singleLabel[2]));
  splitsAlike(t, new TopK({k: 2}), tensorsOf(multiLabel[1]));
});

test.serial('k goes up to the number of classes', async (t) => {
  await useBackend('cpu');
  const data = tensorsOf(singleLabel[0]);
  t.is(judged(new TopK({k: 2}), ...data), 1);
  t.throws(() => new TopK({k: 3})(...data), {name: 'ValueError', message: /`k` to be at most 2/});
  t.throws(() => new TopK({k: 0}), {name: 'ValueError'});
  t.is(judged(new TopK({k: 1}), tf.tensor1d([], 'int32'), tf.zeros([0, 3])), Number.NaN);
});
