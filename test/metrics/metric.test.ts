import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {Metric} from '../../src';

class Share extends Metric {
  static readonly className = 'Share';
  statistics(_: tf.Tensor, yPred: tf.Tensor) {
    return [tf.sum(yPred), tf.scalar(yPred.size)];
  }
  result([sum, size]: tf.Tensor[]) {
    return tf.div(sum, size);
  }
  getConfig() {
    return {};
  }
}

test('an instance is a function, of its class, under its name', (t) => {
  const metric = new Share();
  t.is(typeof metric, 'function');
  t.true(
    metric instanceof Share && metric instanceof Metric && metric instanceof tf.serialization.Serializable,
  );
  t.is(metric.name, 'Share');
  t.is(metric.getClassName(), 'Share');
});

test('called, it gives the value of one batch and keeps nothing', (t) => {
  const x = tf.tensor1d([1, 2, 6]);
  const before = tf.memory().numTensors;
  const value = new Share()(x, x);
  t.is(value.dataSync()[0], 3);
  value.dispose();
  t.is(tf.memory().numTensors, before);
});
