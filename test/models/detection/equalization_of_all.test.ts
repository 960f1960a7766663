import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationOfAll} from '../../../models/detection/equalization_of_all';
import {EqualizationLoss, SigmoidCrossEntropy} from '../../../src';
import {freqInfo, reload, smallData, smallModel, weightsOf} from '../../helpers/models';

const {frequencies} = freqInfo;
const logits = tf.randomNormal([6, 5], 0, 2, 'float32', 3) as tf.Tensor2D;

test('a model with it is saved, loaded, and goes on', async (t) => {
  const {xs, ys} = smallData(20);
  const model = smallModel();
  model.compile({optimizer: tf.train.adam(0.01), loss: new EqualizationOfAll({lambda: 0.05, frequencies})});
  const fit = {epochs: 2, verbose: 0, shuffle: false} as const;
  await model.fit(xs, ys, fit);
  const again = await reload(model);
  await model.fit(xs, ys, fit);
  await again.fit(xs, ys, fit);
  t.deepEqual(weightsOf(again), weightsOf(model));
});

const near = (t: {true(value: boolean): void}, a: tf.Tensor, b: tf.Tensor) =>
  t.true(tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] < 1e-4);

test('as EQL on foreground; where λ spares nobody, as sigmoid cross entropy', (t) => {
  const foreground = tf.tensor1d([0, 1, 2, 3, 4, 0], 'int32');
  const lambda = 0.05;
  const own = new EqualizationOfAll({lambda, frequencies});
  near(t, own(foreground, logits), new EqualizationLoss({lambda, freqInfo})(foreground, logits));
  const all = tf.tensor1d([0, 1, 2, 3, 4, 5], 'int32');
  near(
    t,
    new EqualizationOfAll({lambda: 0, frequencies})(all, logits),
    new SigmoidCrossEntropy()(all, logits),
  );
});

test('background gives spared classes no gradient', (t) => {
  const loss = new EqualizationOfAll({lambda: 0.05, frequencies});
  const background = tf.tensor1d([5], 'int32');
  const gradient = tf
    .grad((z) => loss(background, z))(tf.zeros([1, 5]))
    .dataSync();
  t.deepEqual(
    [...gradient].map((value) => Math.round(100 * value) / 100),
    Array.from(frequencies, (f) => (f < 0.05 ? 0 : 0.5)),
  );
});
