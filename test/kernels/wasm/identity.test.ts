import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {useBackend} from '../../helpers/backends';

test.before(() => useBackend('wasm'));

test.serial('clones and no-op casts take no memory and outlive their original', (t) => {
  const before = tf.backend().numDataIds();
  const x = tf.tensor1d([1.5, -2]);
  const clones = [tf.clone(x), tf.cast(x, 'float32')];
  t.is(tf.backend().numDataIds(), before + 1);
  x.dispose();
  for (const clone of clones) {
    t.deepEqual([...clone.dataSync()], [1.5, -2]);
    clone.dispose();
  }
  t.is(tf.backend().numDataIds(), before);
});

test.serial('a clone keeps its values when its variable is assigned anew', (t) => {
  const variable = tf.variable(tf.tensor1d([1, 2]));
  const clone = tf.clone(variable);
  variable.assign(tf.tensor1d([3, 4]));
  t.deepEqual([...clone.dataSync()], [1, 2]);
  t.deepEqual([...variable.dataSync()], [3, 4]);
});

test.serial('casts between dtypes convert, and strings are cloned', (t) => {
  t.deepEqual([...tf.cast(tf.tensor1d([1.7, -2.2]), 'int32').dataSync()], [1, -2]);
  t.deepEqual([...tf.cast(tf.tensor1d([0, 1, 1], 'bool'), 'float32').dataSync()], [0, 1, 1]);
  t.deepEqual(tf.clone(tf.tensor1d(['rare', 'common'])).dataSync<'string'>(), ['rare', 'common'] as never);
});
