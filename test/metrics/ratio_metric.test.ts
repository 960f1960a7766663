import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ConfusionMatrix, F1, Precision, Recall} from '../../src/metrics';
import {useBackend} from '../helpers/backends';
import {
  BACKENDS,
  binary,
  groupOptions,
  isClose,
  judged,
  multiLabel,
  roundTrips,
  singleLabel,
  splitsAlike,
  tensorsOf,
  useAnyBackend,
} from '../helpers/pass_metrics';

const CLASSES = {precision: Precision, recall: Recall, f1: F1} as const;
const each = Object.entries(CLASSES) as [keyof typeof CLASSES, (typeof CLASSES)['f1']][];

test('are restored from their configuration', (t) => {
  const {freqInfo, bounds} = groupOptions(3, [1]);
  const saved = {group: 'rare', freq_info: {frequencies: freqInfo}, bounds};
  for (const [name, Ratio] of each) {
    roundTrips(t, new Ratio(), {});
    roundTrips(t, new Ratio({average: 'micro', name: 'mine', fromLogits: false, ignoreLabel: 255}), {
      average: 'micro',
      name: 'mine',
      from_logits: false,
      ignore_label: 255,
    });
    roundTrips(t, new Ratio({classIndex: 2, threshold: 0.5}), {class_index: 2, threshold: 0.5});
    roundTrips(t, new Ratio({threshold: [0.5, 1]}), {threshold: [0.5, 1]});
    const grouped = new Ratio({group: 'rare', freqInfo, bounds});
    t.is(grouped.name, `rare_${name}`);
    t.like(grouped.getConfig(), {group: saved.group, bounds: saved.bounds});
    t.is(Ratio.fromConfig(Ratio, grouped.getConfig()).group, 'rare');
  }
  t.is(new F1({classIndex: 3}).name, 'class_3_f1');
  t.is(new F1({average: 'micro'}).name, 'micro_f1');
});

for (const backend of BACKENDS) {
  test.serial(`equal scikit-learn's precision_recall_fscore_support (${backend})`, async (t) => {
    await useAnyBackend(backend);
    for (const fixture of singleLabel) {
      const [labels, logits] = tensorsOf(fixture);
      for (const [name, Ratio] of each) {
        const value = (options: object) => judged(new Ratio(options), labels, logits);
        for (const average of ['macro', 'micro'] as const) {
          const said = `${fixture.classes} classes, ${average} ${name}`;
          t.true(isClose(value({average}), fixture[average][name][0]), said);
          const expected = fixture.ofGroup?.[average][name][0] ?? null;
          t.true(isClose(value({average, ...groupOptions(fixture.classes, fixture.group)}), expected), said);
        }
        const ofClasses = new Ratio().update(labels, logits).perClass();
        fixture.present.forEach((j, i) => {
          t.true(isClose(ofClasses[j], fixture.byClass[name][i]), `${name} of class ${j}`);
          t.true(isClose(value({classIndex: j}), fixture.byClass[name][i]), `${name} of class ${j}`);
        });
        t.is(ofClasses.filter((x) => !Number.isNaN(x)).length, fixture.present.length);
      }
    }
    for (const fixture of binary) {
      for (const [name, Ratio] of each) {
        t.true(isClose(judged(new Ratio(), ...tensorsOf(fixture)), fixture[name]), name);
      }
    }
    for (const fixture of multiLabel) {
      for (const [name, Ratio] of each) {
        for (const average of ['macro', 'micro'] as const) {
          const value = (threshold: number | number[]) =>
            judged(new Ratio({average, threshold}), ...tensorsOf(fixture));
          t.true(isClose(value(fixture.threshold), fixture[average][name][0]), `${average} ${name}`);
          t.true(
            isClose(value(fixture.thresholds), fixture.ofThresholds[average][name][0]),
            `${average} ${name}`,
          );
        }
      }
    }
  });
}

test.serial('any order and any batches give the same', async (t) => {
  await useBackend('cpu');
  for (const [, Ratio] of each) {
    splitsAlike(t, new Ratio(), tensorsOf(singleLabel[2]));
    splitsAlike(t, new Ratio({average: 'micro', threshold: 0.25}), tensorsOf(multiLabel[1]));
  }
});

test.serial('per class they match the confusion matrix, whatever form labels have', async (t) => {
  await useBackend('cpu');
  const [labels, logits] = tensorsOf(multiLabel[2]);
  const matrix = new ConfusionMatrix(logits.shape[1]).addBatch(labels, logits);
  for (const [name, Ratio] of each) {
    const ours = new Ratio().update(labels, logits).perClass();
    ours.forEach((value, j) => {
      const seen = matrix.support[j] + matrix.predicted[j] > 0;
      t.true(
        isClose(value, seen ? matrix[name][j] || 0 : Number.NaN) || (!seen && Number.isNaN(value)),
        name,
      );
    });
  }
});

test.serial('ignored rows are neither held nor predicted', async (t) => {
  await useBackend('cpu');
  const {labels, logits, classes} = singleLabel[2];
  const kept = labels.map((_, row) => row).filter((row) => row % 3 > 0);
  const marked = tf.tensor1d(
    labels.map((j, row) => (row % 3 > 0 ? j : 255)),
    'int32',
  );
  const scores = tf.tensor2d(logits, [labels.length, classes]);
  for (const [, Ratio] of each) {
    const expected = judged(
      new Ratio(),
      tf.gather(tf.tensor1d(labels, 'int32'), kept),
      tf.gather(scores, kept),
    );
    t.is(judged(new Ratio({ignoreLabel: 255}), marked, scores), expected);
    t.is(judged(new Ratio(), marked, scores, {ignoreLabel: 255}), expected);
  }
});

test.serial(
  'without anything to measure they are NaN, and options that make no sense are rejected',
  async (t) => {
    await useBackend('cpu');
    const nothing = [tf.tensor1d([], 'int32'), tf.zeros([0, 3])] as const;
    for (const [, Ratio] of each) {
      for (const average of ['macro', 'micro'] as const) {
        t.is(judged(new Ratio({average}), ...nothing), Number.NaN);
      }
      t.is(judged(new Ratio({classIndex: 0}), tf.tensor1d([1], 'int32'), tf.tensor2d([[0, 1]])), Number.NaN);
      const refused = (options: object, message: RegExp) =>
        t.throws(() => new Ratio(options), {name: 'ValueError', message});
      refused({average: 'weighted'}, /`average` to be 'macro' or 'micro'/);
      refused({threshold: Number.NaN}, /`threshold` to be a finite number/);
      refused({group: 'rare'}, /`freqInfo` to be given with `group`/);
      refused({classIndex: -1}, /`classIndex`/);
      refused(
        {group: 'tail', ...{freqInfo: [0.1], bounds: [{name: 'a', maxFrequency: 1}, {name: 'b'}]}},
        /`group`/,
      );
      refused({averge: 'macro'}, /did you mean "average"/);
      refused({...groupOptions(2, [0]), classIndex: 1}, /`classIndex` to be absent/);
      t.throws(() => new Ratio().perClass(), {name: 'ValueError', message: /called after `update`/});
      const [labels, logits] = [tf.tensor2d([[1, 0]]), tf.tensor2d([[1, 0]])];
      t.throws(() => new Ratio({threshold: [1, 2, 3]})(labels, logits), {
        message: /one for each of 2 classes/,
      });
      t.throws(() => new Ratio({classIndex: 2})(labels, logits), {
        message: /`classIndex` to be a class of 2/,
      });
      t.throws(() => new Ratio(groupOptions(3, [0]))(labels, logits), {message: /`freqInfo` to be about 2/});
    }
  },
);
