import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequency} from '../../../src/frequency';
import {rejectionResample, repeatFactorSampling, undersampleHead} from '../../../src/sampling';
import {passOf} from '../../helpers/sampling';

test.before(() => tf.setBackend('cpu'));

const classNames = ['cat', 'owl', 'yak'];
const labels = [
  ...new Array<number>(60).fill(0),
  ...new Array<number>(30).fill(1),
  ...new Array<number>(10).fill(2),
];
const freqInfo = new ClassFrequency({imageCounts: [60, 30, 10], numImages: 100, classNames});
const numbered = () => tf.data.array(labels.map((ys, xs) => ({xs, ys})));
const named = () => tf.data.array(labels.map((j, xs) => ({xs, ys: classNames[j]})));
type Elements = tf.data.Dataset<{xs: number; ys: number | string}>;

const samplers: Record<string, (dataset: Elements) => Elements> = {
  repeatFactorSampling: (dataset) => repeatFactorSampling(dataset, freqInfo, {threshold: 0.5, seed: 3}),
  undersampleHead: (dataset) => undersampleHead(dataset, {freqInfo, maxFrequency: 0.2, seed: 3}),
  rejectionResample: (dataset) => rejectionResample(dataset, {freqInfo, target: [0.3, 0.3, 0.4], seed: 3}),
};
for (const [name, sample] of Object.entries(samplers)) {
  test(`${name} reads names if freqInfo has those of the classes`, async (t) => {
    const ofNames = await passOf<{xs: number}>(sample(named() as never));
    const ofNumbers = await passOf<{xs: number}>(sample(numbered() as never));
    t.deepEqual(
      ofNames.map(({xs}) => xs),
      ofNumbers.map(({xs}) => xs),
    );
    t.not(ofNames.length, labels.length);
    const wrong = tf.data.array([{xs: 1, ys: 'owls'}]);
    await t.throwsAsync(passOf(sample(wrong as never)), {
      message: /did you mean "owl"\?\)\. Received: "owls"/,
    });
  });
}

test('names need a freqInfo with the names of the classes', async (t) => {
  const plain = undersampleHead(named(), {freqInfo: [0.6, 0.3, 0.1], maxFrequency: 0.2});
  await t.throwsAsync(passOf(plain), {
    name: 'ValueError',
    message: /`labels` to be numbers without `classNames`/,
  });
});
