import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {SoftmaxCrossEntropy} from '../../src';
import {updateSequential} from '../../src/serialization/sequential_models';
import {useBackend} from '../helpers/backends';
import {smallModel, twoHeads} from '../helpers/models';

test.before(() => useBackend('cpu'));

test.serial('a Sequential takes over the compilation of its inner model', (t) => {
  const outer = smallModel();
  outer.compile({optimizer: 'sgd', loss: new SoftmaxCrossEntropy()});
  const inner = (outer as unknown as {model: tf.LayersModel}).model;
  Object.assign(inner, {loss: 'meanSquaredError', metricsNames: ['loss', 'x']});
  t.true((outer.loss as unknown) instanceof SoftmaxCrossEntropy);
  updateSequential(inner);
  t.is(outer.loss, 'meanSquaredError');
  t.deepEqual(outer.metricsNames, ['loss', 'x']);
  t.notThrows(() => updateSequential(twoHeads()), 'other models have no Sequential around them');
});

test.serial('trainOnBatch passes on weights', async (t) => {
  const outer = smallModel();
  outer.compile({optimizer: tf.train.sgd(0), loss: 'meanSquaredError'});
  const [xs, ys] = [tf.ones([2, 4]), tf.ones([2, 5])];
  const trainOnBatch = outer.trainOnBatch.bind(outer) as (...args: unknown[]) => Promise<number>;
  const whole = await trainOnBatch(xs, ys);
  t.true(Math.abs((await trainOnBatch(xs, ys, [1, 0])) - whole / 2) < 1e-6);
});
