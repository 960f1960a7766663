import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {FocalLoss} from '../../src';
import {internalsOf} from '../../src/serialization/model_internals';
import {checkClassWeight, trainingRunOf} from '../../src/serialization/training_run';
import {CLASSES, smallData, smallModel} from '../helpers/models';

test.before(() => tf.setBackend('cpu'));

test.serial('refuses exactly the classWeight that fit would refuse, ahead of time', async (t) => {
  const {inputs, outputs} = smallModel();
  const model = tf.model({inputs, outputs});
  model.compile({optimizer: 'sgd', loss: new FocalLoss()});
  const {xs, ys} = smallData();
  const whole = Object.fromEntries(Array.from({length: CLASSES + 1}, (_, j) => [j, j + 1]));
  const {0: _, ...lacking} = whole;
  const train = (classWeight: unknown) =>
    model.fit(xs, ys, {epochs: 1, verbose: 0, classWeight: classWeight as never});
  const check = (classWeight: unknown) =>
    checkClassWeight(internalsOf(model), model.loss as never, classWeight);
  await t.notThrowsAsync(train(whole));
  t.notThrows(() => check(whole));
  for (const wrong of [lacking, {...whole, cat: 1}, {...whole, 0: Number.NaN}]) {
    const error = await t.throwsAsync(train(wrong), {name: 'ValueError'});
    t.throws(() => check(wrong), {name: 'ValueError', message: error?.message});
  }
});

test.serial('class weights set during a run apply to what follows, as if given to fit', async (t) => {
  const {xs, ys} = smallData();
  const oneHot = tf.oneHot(tf.cast(ys, 'int32'), CLASSES);
  const weights = Object.fromEntries(Array.from({length: CLASSES + 1}, (_, j) => [j, j + 1]));
  const {[CLASSES]: _, ...ofClasses} = weights;
  for (const [loss, labels, classWeight] of [
    [new FocalLoss(), ys, weights],
    ['categoricalCrossentropy', oneHot, ofClasses],
  ] as const) {
    const {inputs, outputs} = smallModel();
    const outputsOf = loss instanceof FocalLoss ? outputs : tf.layers.softmax().apply(outputs);
    const model = tf.model({inputs, outputs: outputsOf as tf.SymbolicTensor});
    // Nothing is learned, so epochs differ only in their class weights.
    model.compile({optimizer: tf.train.sgd(0), loss: loss as never});
    const data = tf.data.zip({
      xs: tf.data.array(xs.arraySync()),
      ys: tf.data.array(labels.arraySync() as number[]),
    });
    const run = async (entry: 'fit' | 'fitDataset', options: object): Promise<number[]> => {
      const all = {epochs: 2, verbose: 0, batchSize: 10, shuffle: false, ...options} as const;
      const {history} =
        entry === 'fit'
          ? await model.fit(xs, labels, all)
          : await model.fitDataset(data.batch(10) as never, all as never);
      return history.loss as number[];
    };
    for (const entry of ['fit', 'fitDataset'] as const) {
      const [plain] = await run(entry, {});
      const [weighed] = await run(entry, {classWeight});
      const onEpochEnd = async (epoch: number) => {
        if (epoch === 0) await trainingRunOf(model)?.setClassWeight(classWeight);
      };
      const both = await run(entry, {callbacks: {onEpochEnd}});
      const what = `${entry}, ${typeof loss === 'string' ? loss : loss.getClassName()}: ${[plain, weighed, both]}`;
      t.true(Math.abs(plain - weighed) > 0.1, what);
      t.true(Math.abs(both[0] - plain) < 1e-5 && Math.abs(both[1] - weighed) < 1e-5, what);
      t.is(trainingRunOf(model), undefined);
    }
  }
});
