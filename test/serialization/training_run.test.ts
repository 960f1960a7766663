import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {FocalLoss} from '../../src';
import {internalsOf} from '../../src/serialization/model_internals';
import {checkClassWeight} from '../../src/serialization/training_run';
import {CLASSES, smallData, smallModel} from '../helpers/models';

test.before(() => tf.setBackend('cpu'));

test.serial('what fit refuses as classWeight is refused ahead of it, and nothing else', async (t) => {
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
