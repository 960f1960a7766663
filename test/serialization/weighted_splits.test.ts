import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {SoftmaxCrossEntropy} from '../../src';
import {useBackend} from '../helpers/backends';
import {CLASSES, smallData, twoHeads} from '../helpers/models';

const ROWS = 12;
const TRAINED = 8;
const LABELS = Array.from({length: ROWS}, (_, i) => (i * 3) % CLASSES);
const FOR_A = Array.from({length: ROWS}, (_, i) => [0, 1, 2.5, 0.25, 4][i % 5]);
const FOR_B = FOR_A.map((weight) => 1 / (1 + weight));

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** In float64, in plain arrays. */
function crossEntropy(z: number[], label: number): number {
  const most = Math.max(...z);
  return most + Math.log(z.reduce((sum, value) => sum + Math.exp(value - most), 0)) - z[label];
}

test('of several outputs, each takes its own weights into a validation split', async (t) => {
  await useBackend('cpu');
  const {xs} = smallData(ROWS);
  const ys = tf.tensor1d(LABELS, 'int32');
  const model = twoHeads();
  const losses = (model.predict(xs) as tf.Tensor2D[]).map((z) =>
    z.arraySync().map((row, i) => crossEntropy(row, LABELS[i])),
  );
  model.compile({optimizer: tf.train.sgd(0), loss: new SoftmaxCrossEntropy() as never});
  for (const [forA, forB] of [
    [FOR_A, FOR_B],
    [null, FOR_B],
    [FOR_A, null],
  ]) {
    const {history} = await model.fit(xs, [ys, ys], {
      epochs: 1,
      batchSize: 5,
      verbose: 0,
      validationSplit: 1 - TRAINED / ROWS,
      sampleWeight: [forA, forB] as never,
    });
    for (const [name, of, weights] of [
      ['a', losses[0], forA],
      ['b', losses[1], forB],
    ] as const) {
      const weighed = of.map((value, i) => value * (weights?.[i] ?? 1));
      const pairs = [
        [history[`${name}_loss`][0] as number, mean(weighed.slice(0, TRAINED))],
        [history[`val_${name}_loss`][0] as number, mean(weighed.slice(TRAINED))],
      ];
      for (const [actual, wanted] of pairs) t.true(Math.abs(actual - wanted) < 1e-5, `${name}: ${pairs}`);
    }
  }
});
