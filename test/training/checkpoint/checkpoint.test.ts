import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {SoftmaxCrossEntropy, ValueError} from '../../../src';
import '../../../src/index.node';
import {checkpoint, resume} from '../../../src/training';
import {useBackend} from '../../helpers/backends';
import {smallModel, weightsOf} from '../../helpers/models';
import {temporaryDirectory} from '../../io/files/temporary';
import {MemoryStore} from './memory_store';
import {longTailed, train} from './run';

class Stopped extends Error {}
const stopAt = (last: number) => (batches: number) => {
  if (batches === last) throw new Stopped();
};

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `stopped in mid-epoch and resumed, training ends as if uninterrupted, bit for bit (${backend})`,
    async (t) => {
      await useBackend(backend);
      const {weights} = await train(undefined);
      for (const every of [1, 4, 'epoch'] as const) {
        const store = new MemoryStore();
        for (const last of [7, 5, 9]) {
          await t.throwsAsync(train(store, {every, onBatch: stopAt(last)}), {instanceOf: Stopped});
        }
        const resumed = await train(store, {every});
        t.truthy(resumed.from);
        t.deepEqual(resumed.weights, weights, `every ${every}`);
        t.is(resumed.model.getClassName(), 'Sequential');
      }
    },
  );
}

test.serial('keeps only the newest in a directory, named by number, epochs and batches', async (t) => {
  await useBackend('cpu');
  const directory = join(temporaryDirectory(t), 'a/b');
  await train(directory, {every: 4, keep: 2, epochs: 2});
  t.deepEqual(readdirSync(directory).sort(), [
    'checkpoint-000002-epoch-1-batch-2',
    'checkpoint-000003-epoch-2',
  ]);
  for (const name of readdirSync(directory)) t.is(readdirSync(join(directory, name)).length, 2);
  // Another training in the same directory counts on, so that its own are the newest.
  await train(directory, {every: 'epoch', keep: 3, epochs: 3});
  t.deepEqual(readdirSync(directory).sort(), [
    'checkpoint-000002-epoch-1-batch-2',
    'checkpoint-000003-epoch-2',
    'checkpoint-000004-epoch-3',
  ]);
  const model = await tf.loadLayersModel(`file://${directory}/checkpoint-000004-epoch-3/model.json`);
  t.truthy(model.optimizer, 'it is a model as any other');
});

test.serial('works with fit, and also saves its end', async (t) => {
  await useBackend('cpu');
  const [xs, ys] = [tf.ones([12, 4]), tf.tensor1d([0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1], 'int32')];
  const trainOn = async (
    model: tf.LayersModel,
    store: MemoryStore | undefined,
    epochs: number,
    initialEpoch = 0,
  ) => {
    const callbacks = store && checkpoint(store);
    await model.fit(xs, ys, {epochs, initialEpoch, callbacks, shuffle: false, batchSize: 4, verbose: 0});
    return weightsOf(model);
  };
  const made = () => {
    const model = smallModel();
    model.compile({optimizer: 'adam', loss: new SoftmaxCrossEntropy() as never});
    return model;
  };
  const store = new MemoryStore();
  await trainOn(made(), store, 2);
  const run = await resume(store);
  t.is(run?.initialEpoch, 2);
  t.is(run?.name, 'checkpoint-000002-epoch-2');
  t.deepEqual(await trainOn(run?.model as tf.LayersModel, store, 4, 2), await trainOn(made(), undefined, 4));
});

test.serial('options and models that cannot work are rejected before training begins', async (t) => {
  await useBackend('cpu');
  const refuse = (make: () => unknown, message: RegExp) =>
    t.true(t.throws(make, {message}) instanceof ValueError, String(message));
  const of = (options: object) => () => checkpoint(new MemoryStore(), options as never);
  refuse(() => checkpoint('' as never), /`directory` to be the path/);
  refuse(() => checkpoint({list: 1} as never), /`directory` to be the path/);
  refuse(of({evry: 1}), /did you mean "every"/);
  for (const every of [0, 1.5, 'batch', null]) refuse(of({every}), /`every`/);
  for (const keep of [0, '3', Number.POSITIVE_INFINITY]) refuse(of({keep}), /`keep`/);
  refuse(of({data: {}}), /`data`/);
  refuse(of({states: 1}), /`states`/);
  refuse(of({states: {rate: {}}}), /`states.rate`/);
  const begin = (model: tf.LayersModel, options = {}) =>
    model.fit(tf.ones([2, 4]), tf.ones([2, 5]), {
      callbacks: checkpoint(new MemoryStore(), options),
      verbose: 0,
    });
  const model = smallModel();
  const loss = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.losses.meanSquaredError(yTrue, yPred);
  model.compile({optimizer: 'sgd', loss});
  const before = weightsOf(model);
  await t.throwsAsync(begin(model), {message: /cannot be saved with the model/});
  model.compile({optimizer: 'adamax', loss: 'meanSquaredError'});
  await t.throwsAsync(begin(model), {message: /Adamax/});
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  await t.throwsAsync(begin(model, {every: 2}), {message: /`every` to be 'epoch'/});
  const view = longTailed().repeat();
  const options = {
    epochs: 1,
    batchesPerEpoch: 2,
    callbacks: checkpoint(new MemoryStore(), {every: 2}),
    verbose: 0,
  };
  await t.throwsAsync(model.fitDataset(view as never, options as never), {message: /`every` to be 'epoch'/});
  t.deepEqual(weightsOf(model), before);
});
