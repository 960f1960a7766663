import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss, SoftmaxCrossEntropy} from '../../src';
import {AreaUnderROC, AveragePrecision, MeanAveragePrecision, type RankingMetric} from '../../src/metrics';
import {useBackend} from '../helpers/backends';
import {freqInfo, smallData, smallModel} from '../helpers/models';
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

test('are restored from their configuration', (t) => {
  for (const Ranking of [AveragePrecision, AreaUnderROC]) {
    roundTrips(t, new Ranking(), {});
    roundTrips(t, new Ranking({activation: 'sigmoid', classIndex: 1, name: 'mine', ignoreLabel: 9}), {
      activation: 'sigmoid',
      class_index: 1,
      name: 'mine',
      ignore_label: 9,
    });
    const grouped = new Ranking(groupOptions(3, [1]));
    t.is(Ranking.fromConfig<RankingMetric>(Ranking, grouped.getConfig()).group, 'rare');
  }
  roundTrips(t, new MeanAveragePrecision(), {});
  roundTrips(t, new MeanAveragePrecision({fromLogits: false}), {from_logits: false});
  t.deepEqual(
    [new AveragePrecision().name, new AreaUnderROC().name, new MeanAveragePrecision().name],
    ['average_precision', 'area_under_roc', 'mean_average_precision'],
  );
});

for (const backend of BACKENDS) {
  test.serial(`equal scikit-learn's average_precision_score and roc_auc_score (${backend})`, async (t) => {
    await useAnyBackend(backend);
    for (const fixture of singleLabel) {
      const [labels, logits] = tensorsOf(fixture);
      const said = `${fixture.classes} classes`;
      const grouped = groupOptions(fixture.classes, fixture.group);
      const tolerance = 1e-5;
      const close = (metric: RankingMetric, wanted: number | null) =>
        t.true(isClose(judged(metric, labels, logits), wanted, tolerance), `${said}: ${metric.name}`);
      close(new AveragePrecision(), fixture.averagePrecision);
      close(new AreaUnderROC(), fixture.areaUnderROC);
      close(new AveragePrecision(grouped), fixture.groupAveragePrecision);
      close(new AreaUnderROC(grouped), fixture.groupAreaUnderROC);
      const ofClasses = new AveragePrecision().update(labels, logits).perClass();
      fixture.averagePrecisionOfClasses.forEach((wanted, j) => {
        t.true(isClose(ofClasses[j], wanted, tolerance), `${said}: ${ofClasses[j]}, not ${wanted}`);
      });
      const probabilities = tf.softmax(logits);
      const ofProbabilities = judged(new AveragePrecision({fromLogits: false}), labels, probabilities);
      t.true(isClose(ofProbabilities, fixture.averagePrecision, 1e-4));
    }
    for (const fixture of binary) {
      const data = tensorsOf(fixture);
      t.true(isClose(judged(new AveragePrecision(), ...data), fixture.averagePrecision));
      t.true(isClose(judged(new AreaUnderROC(), ...data), fixture.areaUnderROC));
    }
    for (const fixture of multiLabel) {
      const data = tensorsOf(fixture);
      t.true(isClose(judged(new MeanAveragePrecision(), ...data), fixture.meanAveragePrecision));
      t.true(isClose(judged(new AreaUnderROC({activation: 'sigmoid'}), ...data), fixture.areaUnderROC));
    }
  });
}

test.serial('any order and any batches give the same', async (t) => {
  await useBackend('cpu');
  splitsAlike(t, new AveragePrecision(), tensorsOf(singleLabel[2]));
  splitsAlike(t, new AreaUnderROC(), tensorsOf(binary[1]));
  splitsAlike(t, new MeanAveragePrecision(), tensorsOf(multiLabel[0]));
});

test.serial("the model's loss determines the activation for logits", async (t) => {
  await useBackend('cpu');
  const {xs, ys} = smallData(40);
  for (const [loss, activation] of [
    [new EqualizationLoss({lambda: 0.05, freqInfo}), 'sigmoid'],
    [new SoftmaxCrossEntropy(), 'softmax'],
  ] as const) {
    const model = smallModel();
    model.compile({optimizer: 'sgd', loss, metrics: [new AveragePrecision()]});
    const labels = activation === 'softmax' ? tf.mod(ys, 5) : ys;
    const [, value] = model.evaluate(xs, labels, {batchSize: 7}) as tf.Scalar[];
    const scores = model.predict(xs) as tf.Tensor;
    const of = (chosen: 'softmax' | 'sigmoid') =>
      judged(new AveragePrecision({activation: chosen}), labels, scores);
    t.not(of('softmax'), of('sigmoid'));
    t.is(value.dataSync()[0], of(activation));
  }
});

test.serial('samples of several classes need an activation, and ignored rows do not count', async (t) => {
  await useBackend('cpu');
  const {labels, logits, classes} = singleLabel[2];
  t.throws(() => new AveragePrecision()(...tensorsOf(multiLabel[0])), {
    name: 'ValueError',
    message: /`activation` to be given/,
  });
  const marked = labels.map((j, row) => (row % 4 === 0 ? -1 : j));
  const scores = tf.tensor2d(logits, [labels.length, classes]);
  const kept = labels.map((_, row) => row).filter((row) => row % 4 !== 0);
  // What was predicted for rows that do not count may be anything.
  const broken = scores.add(
    tf.tensor2d(labels.map((_, row) => [row % 4 === 0 ? Number.NaN : 0])),
  ) as tf.Tensor2D;
  for (const metric of [new AveragePrecision({ignoreLabel: -1}), new AreaUnderROC({ignoreLabel: -1})]) {
    const expected = judged(metric, tf.gather(tf.tensor1d(labels, 'int32'), kept), tf.gather(scores, kept));
    t.is(judged(metric, tf.tensor1d(marked, 'int32'), broken), expected);
    t.is(judged(metric, tf.tensor1d(labels, 'int32'), broken), Number.NaN, 'NaN is not left out');
  }
  t.throws(() => new AreaUnderROC({activation: 'tanh' as never}), {message: /'softmax' or 'sigmoid'/});
});

test.serial('nothing to rank is NaN', async (t) => {
  await useBackend('cpu');
  for (const Ranking of [AveragePrecision, AreaUnderROC, MeanAveragePrecision]) {
    t.is(judged(new Ranking(), tf.tensor1d([], 'int32'), tf.zeros([0, 3])), Number.NaN);
    t.is(judged(new Ranking(), tf.tensor1d([3], 'int32'), tf.zeros([1, 3])), Number.NaN);
  }
});
