import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  BalancedAccuracy,
  BinaryAccuracy,
  BinaryBalancedAccuracy,
  ConfusionMatrix,
  ForegroundAccuracy,
  GroupAccuracy,
  SigmoidCrossEntropy,
} from '../../src';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {smallData, smallModel} from '../helpers/models';

const freqInfo = [0.5, 0.001, 0.002];
const bounds = [{name: 'rare', maxFrequency: 0.01}, {name: 'frequent'}];
const metrics = {
  BalancedAccuracy: (ignoreLabel?: number) => new BalancedAccuracy({ignoreLabel}),
  ForegroundAccuracy: (ignoreLabel?: number) => new ForegroundAccuracy({ignoreLabel}),
  GroupAccuracy: (ignoreLabel?: number) => new GroupAccuracy({group: 'rare', freqInfo, bounds, ignoreLabel}),
};
const binaryMetrics = {
  BinaryAccuracy: (ignoreLabel?: number) => new BinaryAccuracy({ignoreLabel}),
  BinaryBalancedAccuracy: (ignoreLabel?: number) => new BinaryBalancedAccuracy({ignoreLabel}),
};

const LABELS = [0, 1, 2, 3, 1, 0, 2, 1];
const BINARY = [1, 0, 0, 1, 1, 0, 0, 0];
const COUNTED = [0, 1, 3, 4, 6];

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`ignored rows are not counted, by any metric (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    for (const [classes, all, makers] of [
      [3, LABELS, metrics],
      [1, BINARY, binaryMetrics],
    ] as const) {
      const scores = tf.tensor2d(
        all.flatMap((label, row) =>
          classes === 1
            ? [Math.sin(row + 2)]
            : [0, 1, 2].map((j) => Math.sin(4 * row + j) + (j === label ? 1 : 0)),
        ),
        [all.length, classes],
      );
      for (const ignoreLabel of [255, -1]) {
        const labels = all.map((label, row) => (COUNTED.includes(row) ? label : ignoreLabel));
        const kept = [
          tf.gather(tf.tensor1d([...all], 'int32'), COUNTED),
          tf.gather(scores, COUNTED),
        ] as const;
        for (const yTrue of [
          tf.tensor1d(labels, 'int32'),
          tf.tensor2d(labels, [labels.length, 1], 'int32'),
          tf.tensor1d(labels),
        ]) {
          for (const [name, make] of Object.entries(makers)) {
            const [received, expected] = [make(ignoreLabel)(yTrue, scores), make()(...kept)];
            t.is(received.dataSync()[0], expected.dataSync()[0], name);
            t.true(expected.dataSync()[0] > 0, name);
          }
          const matrix = new ConfusionMatrix(classes).addBatch(yTrue, scores, {ignoreLabel});
          const expected = new ConfusionMatrix(classes).addBatch(...kept);
          t.deepEqual(matrix, expected);
          t.is(matrix.numSamples, COUNTED.length);
        }
      }
    }
  });
}

test.serial("a metric ignores the same rows as the model's loss, unless told otherwise", async (t) => {
  await useBackend('cpu');
  const {xs, ys} = smallData(12);
  const labels = tf.tensor1d(
    Array.from(ys.dataSync(), (label, row) => (row % 2 === 0 ? 255 : label)),
    'int32',
  );
  const model = smallModel();
  const loss = new SigmoidCrossEntropy({ignoreLabel: 255});
  model.compile({optimizer: 'sgd', loss, metrics: [new BalancedAccuracy()]});
  const scores = model.predict(xs) as tf.Tensor;
  const [, value] = model.evaluate(xs, labels, {batchSize: 5}) as tf.Scalar[];
  t.is(value.dataSync()[0], new BalancedAccuracy({ignoreLabel: 255})(labels, scores).dataSync()[0]);
  model.compile({optimizer: 'sgd', loss, metrics: [new BalancedAccuracy({ignoreLabel: 7})]});
  const ownLabelOnly = () => model.evaluate(xs, labels);
  t.throws(
    ownLabelOnly,
    {message: /Received: 255 in row 0$/},
    'its own label comes first, and 255 is no class',
  );
});

test.serial('it is restored from the configuration', (t) => {
  const metric = new ForegroundAccuracy({ignoreLabel: -1});
  t.deepEqual(metric.getConfig(), {ignore_label: -1});
  t.is(ForegroundAccuracy.fromConfig(ForegroundAccuracy, metric.getConfig()).ignoreLabel, -1);
  t.throws(() => new ForegroundAccuracy({ignoreLabel: 1.5}), {message: /`ignoreLabel` to be an integer/});
});

test.serial('compile rejects metrics that cannot ignore rows', async (t) => {
  await useBackend('cpu');
  const compile = (ignoreLabel?: number) =>
    smallModel().compile({
      optimizer: 'sgd',
      loss: new SigmoidCrossEntropy({ignoreLabel}),
      metrics: ['accuracy', 'mse'],
    });
  t.notThrows(() => compile());
  t.throws(() => compile(255), {
    name: 'ValueError',
    message:
      /Expected `metrics` to be 'accuracy' or metrics of tfjs-longtail .*ignoreLabel.* Received: "mse"/,
  });
});
