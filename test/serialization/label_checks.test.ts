import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, SoftmaxCrossEntropy} from '../../src';
import {useBackend} from '../helpers/backends';

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`refuses labels that are names before training, on ${backend}`, async (t) => {
    await useBackend(backend);
    const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3]})]});
    model.compile({optimizer: 'sgd', loss: new SoftmaxCrossEntropy(), metrics: [new BalancedAccuracy()]});
    const before = model.getWeights().map((weight) => weight.dataSync());
    const xs = tf.ones([3, 3]);
    const ys = tf.tensor1d(['cat', 'owl', 'cat']);
    const dataset = tf.data.array(['cat', 'owl'].map((name) => ({xs: [1, 2, 3], ys: name}))).batch(2);
    const refused = {
      name: 'ValueError',
      message: /`yTrue` to be a tensor of dtype .*\(labelsToIndices maps names\)/,
    };
    await t.throwsAsync(async () => model.fit(xs, ys, {epochs: 1, verbose: 0}), refused);
    await t.throwsAsync(model.fitDataset(dataset, {epochs: 1, verbose: 0}), refused);
    await t.throwsAsync(async () => model.trainOnBatch(xs, ys), refused);
    t.throws(() => model.evaluate(xs, ys), refused);
    t.throws(() => new SoftmaxCrossEntropy()(ys, tf.zeros([3, 2])), refused);
    t.throws(() => new BalancedAccuracy()(ys, tf.zeros([3, 2])), refused);
    t.deepEqual(
      model.getWeights().map((weight) => weight.dataSync()),
      before,
    );
  });
}
