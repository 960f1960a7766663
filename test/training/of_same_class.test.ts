import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ofSameClass} from '../../src/training/of_same_class';
import {useBackend} from '../helpers/backends';

test.before(() => useBackend('cpu'));

test('an optimizer, a layer and a model of the same class, settings and shapes', (t) => {
  const optimizer = tf.train.rmsprop(0.02, 0.8, 0.7);
  const again = ofSameClass(optimizer, optimizer.getConfig());
  t.true(again instanceof tf.RMSPropOptimizer);
  t.not(again, optimizer);
  t.deepEqual(again.getConfig(), optimizer.getConfig());

  const model = tf.sequential({layers: [tf.layers.dense({units: 3, inputShape: [2], name: 'head'})]});
  const copy = ofSameClass(model, model.getConfig(), {}, true);
  t.is(copy.constructor, model.constructor);
  t.deepEqual(copy.getLayer('head').getConfig(), model.getLayer('head').getConfig());
  t.not(copy.getLayer('head'), model.getLayer('head'));
});
