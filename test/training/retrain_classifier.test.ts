import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {classWeights, SoftmaxCrossEntropy} from '../../src';
import {retrainClassifier} from '../../src/training';
import {useBackend} from '../helpers/backends';
import {balancedAccuracy, batchesOfTail, longTail, tailModel, trainData} from '../helpers/long_tail';
import {reload, weightsOf} from '../helpers/models';
import {served} from '../helpers/served';

test.before(() => useBackend('cpu'));

const classWeight = classWeights(longTail);

async function trained(activation: 'linear' | 'softmax' = 'linear'): Promise<tf.Sequential> {
  const model = tailModel(activation);
  const loss = activation === 'linear' ? new SoftmaxCrossEntropy() : 'sparseCategoricalCrossentropy';
  model.compile({optimizer: tf.train.adam(0.02), loss});
  const {xs, ys} = trainData();
  const labels = activation === 'linear' ? ys : ys.toFloat();
  await model.fit(xs, labels, {epochs: 6, batchSize: 32, verbose: 0, shuffle: false});
  return model;
}

/** All but kernel and bias of the last layer. */
const representation = (model: tf.LayersModel) => {
  const classifier = new Set(
    model
      .getLayer('logits')
      .getWeights()
      .map(({id}) => id),
  );
  return model
    .getWeights()
    .filter(({id}) => !classifier.has(id))
    .map((weight) => Array.from(weight.dataSync()));
};

test.serial(
  'the classifier changes, everything else stays bit for bit, and balanced accuracy rises',
  async (t) => {
    const model = await trained();
    const [before, weights, kernel] = [balancedAccuracy(model), representation(model), weightsOf(model)];
    const flags = model.layers.map(({trainable}) => trainable);
    const {optimizer} = model;
    const data = trainData();
    const {history} = await retrainClassifier(model, data, {
      epochs: 20,
      classWeight,
      optimizer: tf.train.adam(0.05),
    });
    t.is(history.loss.length, 20);
    t.deepEqual(representation(model), weights);
    t.notDeepEqual(weightsOf(model), kernel);
    t.true(balancedAccuracy(model) > before + 0.05, `${before} → ${balancedAccuracy(model)}`);
    t.deepEqual(
      model.layers.map(({trainable}) => trainable),
      flags,
    );
    t.is(model.optimizer, optimizer);
    // It is the model it was: saveable, and plain to serve.
    t.deepEqual(weightsOf(await reload(model)), weightsOf(model));
    t.deepEqual(weightsOf(await served(model)), weightsOf(model));
    await t.notThrowsAsync(model.fit(trainData().xs, trainData().ys, {epochs: 1, verbose: 0}));
  },
);

test.serial('batches of a dataset, validation data and an activation in the last layer', async (t) => {
  const model = await trained();
  const weights = representation(model);
  const [data, validationData, whole] = [batchesOfTail(), batchesOfTail(50) as never, trainData()];
  const tensors = tf.memory().numTensors;
  const {history} = await retrainClassifier(model, data, {
    epochs: 2,
    classWeight,
    validationData,
    metrics: ['accuracy'],
  });
  t.deepEqual(Object.keys(history).sort(), ['acc', 'loss', 'val_acc', 'val_loss']);
  await retrainClassifier(model, whole, {epochs: 1, validationData: whole});
  t.is(tf.memory().numTensors, tensors);
  t.deepEqual(representation(model), weights);
  const softmax = await trained('softmax');
  const {xs, ys} = trainData();
  await retrainClassifier(softmax, {xs, ys: ys.toFloat()}, {epochs: 1});
  const sums = tf.sum(softmax.predict(xs) as tf.Tensor, -1).dataSync();
  t.true(sums.every((sum) => Math.abs(sum - 1) < 1e-5));
});

test.serial('without reinitialize, a rate of 0 leaves the classifier bit for bit', async (t) => {
  const model = await trained();
  const before = weightsOf(model);
  const options = {epochs: 1, optimizer: tf.train.sgd(0)};
  await retrainClassifier(model, trainData(), {...options, reinitialize: false});
  t.deepEqual(weightsOf(model), before);
  await retrainClassifier(model, trainData(), options);
  t.notDeepEqual(weightsOf(model), before, 'begun anew');
  t.deepEqual(Array.from(model.getLayer('logits').getWeights()[1].dataSync()), [0, 0, 0, 0]);
});

test.serial(
  'the sampler is restored, also after an error, and an error leaves the model as it was',
  async (t) => {
    const model = await trained();
    const before = weightsOf(model);
    const seen: unknown[] = [];
    const source = batchesOfTail();
    const dataset = {
      sampler: 'uniform',
      iterator: async () => {
        seen.push(dataset.sampler);
        return (await source.iterator()) as never;
      },
    };
    await retrainClassifier(model, dataset, {epochs: 1, sampler: 'classAware'});
    t.true(seen.length > 0 && seen.every((sampler) => sampler === 'classAware'));
    t.is(dataset.sampler, 'uniform');
    const after = weightsOf(model);
    t.notDeepEqual(after, before);
    const tensors = tf.memory().numTensors;
    const onEpochEnd = () => {
      throw new Error('stop');
    };
    await t.throwsAsync(
      retrainClassifier(model, dataset, {epochs: 1, sampler: 'classAware', callbacks: {onEpochEnd}}),
      {
        message: 'stop',
      },
    );
    t.is(dataset.sampler, 'uniform');
    t.deepEqual(weightsOf(model), after);
    t.true(tf.memory().numTensors <= tensors + 2, 'what TensorFlow.js leaves of the epoch');
  },
);

test.serial('invalid arguments are rejected', async (t) => {
  const model = await trained();
  const refused: Array<[unknown, unknown, RegExp]> = [
    [trainData(), {epochs: 0}, /`epochs`/],
    [trainData(), {epochs: 1, epcohs: 1}, /"epcohs".*"epochs"/],
    [trainData(), {epochs: 1, sampler: 'x'}, /`sampler`/],
    [trainData(), {epochs: 1, classWeight: {...classWeight, 2: -1}}, /`classWeight\[2\]`.*Received: -1/],
    [
      trainData(),
      {epochs: 1, classWeight: {...classWeight, 2: -1}, loss: 'sparseCategoricalCrossentropy'},
      /`classWeight\[2\]`.*Received: -1/,
    ],
    [[1, 2], {epochs: 1}, /`data`/],
  ];
  for (const [data, options, message] of refused) {
    await t.throwsAsync(retrainClassifier(model, data as never, options as never), {
      message,
      name: 'ValueError',
    });
  }
  await t.throwsAsync(retrainClassifier(tailModel(), trainData(), {epochs: 1}), {message: /`loss`/});
  const loss = new SoftmaxCrossEntropy();
  await t.throwsAsync(retrainClassifier(tailModel(), trainData(), {epochs: 1, loss}), {
    message: /`optimizer`/,
  });
  await t.notThrowsAsync(retrainClassifier(tailModel(), trainData(), {epochs: 1, loss, optimizer: 'sgd'}));
  const flat = tf.sequential({layers: [tf.layers.flatten({inputShape: [2, 2], name: 'f'})]});
  await t.throwsAsync(retrainClassifier(flat, trainData(), {epochs: 1}), {message: /layer 'f'/});
});
