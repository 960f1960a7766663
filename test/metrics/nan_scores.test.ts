import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ConfusionMatrix} from '../../src';
import type {Metric} from '../../src/core/metric';
import * as metrics from '../../src/metrics';
import {nanOfScores} from '../../src/metrics/nan_scores';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {CLASSES, freqInfo} from '../helpers/models';

const BACKENDS = ['cpu', 'wasm'] as const;
/** The last is one that cannot be read without a wait. */
const ALL_BACKENDS = [...BACKENDS, 'gpu-like'] as const;

const use = (backend: (typeof ALL_BACKENDS)[number]) =>
  backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend);

/** One of each metric for samples of several classes. */
function* allMetrics(options: object = {}): Generator<Metric> {
  const OWN: Record<string, object> = {GroupAccuracy: {group: 'rare', freqInfo}, TopK: {k: 2}};
  for (const cls of Object.values<unknown>(metrics)) {
    if (typeof cls !== 'function' || !(cls.prototype instanceof metrics.PredictionMetric)) continue;
    const name = (cls as {className?: string}).className;
    if (name === undefined || !Object.hasOwn(cls, 'className') || name.startsWith('Binary')) continue;
    yield Reflect.construct(cls, [{...options, ...OWN[name]}]) as Metric;
  }
}

/** Logits of one row for each class, the label's the highest. */
const right = () => tf.tidy(() => tf.eye(CLASSES).arraySync() as number[][]).map((row) => [...row]);
const labels = () => tf.range(0, CLASSES, 1, 'int32');
const result = (metric: Metric, yTrue: tf.Tensor, yPred: tf.Tensor) => metric(yTrue, yPred).dataSync()[0];

for (const backend of ALL_BACKENDS) {
  test.serial(`scores of NaN are no predictions of the first class (${backend})`, async (t) => {
    await use(backend);
    let tried = 0;
    for (const metric of [...allMetrics(), ...allMetrics({fromLogits: false})]) {
      for (const columns of [[0], [CLASSES - 1], [...Array(CLASSES).keys()]]) {
        for (const row of [0, CLASSES - 1]) {
          const scores = right();
          for (const column of columns) scores[row][column] = Number.NaN;
          t.is(result(metric, labels(), tf.tensor2d(scores)), Number.NaN, `${metric.name}, row ${row}`);
        }
      }
      ++tried;
    }
    for (const metric of allMetrics()) {
      const infinite = right();
      infinite[0][1] = Number.NEGATIVE_INFINITY;
      t.false(Number.isNaN(result(metric, labels(), tf.tensor2d(infinite))), `${metric.name} of −∞`);
    }
    t.true(tried >= 18, `${tried} metrics`);
  });

  test.serial(`what does not count may be NaN (${backend})`, async (t) => {
    await use(backend);
    for (const metric of allMetrics({ignoreLabel: 255})) {
      const ignored = tf.concat([labels(), tf.tensor1d([255], 'int32')]);
      const nan = [...right(), new Array(CLASSES).fill(Number.NaN)];
      const whole = result(metric, labels(), tf.tensor2d(right()));
      t.is(result(metric, ignored, tf.tensor2d(nan)), whole, metric.name);
    }
  });

  test.serial(`one logit of NaN is no negative (${backend})`, async (t) => {
    await use(backend);
    const yTrue = tf.tensor1d([1, 0, 0], 'int32');
    const yPred = tf.tensor2d([[2], [Number.NaN], [-1]]);
    for (const cls of [metrics.BinaryAccuracy, metrics.BinaryBalancedAccuracy]) {
      t.is(result(new cls(), yTrue, yPred), Number.NaN, cls.className);
    }
    for (const metric of [new metrics.F1(), new metrics.Recall(), new metrics.MatthewsCorrelation()]) {
      t.is(result(metric, yTrue, yPred), Number.NaN, metric.name);
    }
  });
}

for (const backend of BACKENDS) {
  test.serial(`a confusion matrix refuses scores of NaN and counts nothing then (${backend})`, async (t) => {
    await useBackend(backend);
    const scores = right();
    scores[1][2] = Number.NaN;
    const matrix = new ConfusionMatrix(CLASSES);
    t.throws(() => matrix.addBatch(labels(), tf.tensor2d(scores)), {
      name: 'ValueError',
      message: 'Expected `yPred` to be numbers. Received: NaN',
    });
    t.is(matrix.numSamples, 0);
  });

  test.serial(`integers that are no class are refused by every metric (${backend})`, async (t) => {
    await useBackend(backend);
    for (const metric of allMetrics()) {
      for (const wrong of [CLASSES + 1, -1, 0.5, Number.NaN]) {
        const yTrue = tf.tensor1d([0, wrong, 1]);
        const error = t.throws(
          () => metric(yTrue, tf.zeros([3, CLASSES])),
          {name: 'ValueError'},
          metric.name,
        );
        t.regex(error?.message ?? '', new RegExp(`\`yTrue\`.*Received: ${wrong} in row 1$`), metric.name);
      }
    }
  });
}

test.serial('a pass of evaluate is NaN where one of its batches has a score of NaN', async (t) => {
  await useBackend('cpu');
  const model = tf.sequential({
    layers: [tf.layers.activation({activation: 'linear', inputShape: [CLASSES]})],
  });
  const metric = new metrics.F1();
  model.compile({optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy', metrics: [metric]});
  const scores = right();
  scores[0][1] = Number.NaN;
  const [, f1] = model.evaluate(tf.tensor2d(scores), tf.cast(labels(), 'float32'), {
    batchSize: 1,
  }) as tf.Scalar[];
  t.is(f1.dataSync()[0], Number.NaN);
});

for (const backend of ALL_BACKENDS) {
  test.serial(`what is added to counts is 0 or NaN (${backend})`, async (t) => {
    await use(backend);
    const [whole, broken] = [1, Number.NaN].map((value) => tf.tensor2d([0, 1, 2, value, -1, 0], [3, 2]));
    t.deepEqual(
      [whole, broken].map((scores) => nanOfScores(scores).dataSync()[0]),
      [0, Number.NaN],
    );
  });
}
