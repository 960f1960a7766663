import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {untaped} from '../../../src/kernels/losses/untaped';
import {useBackend} from '../../helpers/backends';

test.before(() => useBackend('cpu'));

test('its result has no gradient, whatever it was computed from', (t) => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const x = tf.tensor1d([2, 3]);
    const product = (z: tf.Tensor) =>
      tf.sum(
        tf.mul(
          z,
          untaped(() => tf.cast(tf.round(z), 'float32')),
        ),
      );
    t.deepEqual(Array.from(tf.grad(product)(x).dataSync()), [2, 3]);
    t.deepEqual(Array.from(untaped(() => tf.square(x)).dataSync()), [4, 9]);
  });
  t.is(tf.memory().numTensors, before);
});
