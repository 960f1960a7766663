import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {disposeElement} from '../../../src/frequency/reading/dispose_element';

tf.enableProdMode();

/** Elements in every shape that tf.data allows, and some that it does not. */
const containers: Record<string, () => unknown> = {
  tensor: () => tf.zeros([1]),
  '{xs, ys}': () => ({xs: tf.zeros([1]), ys: tf.zeros([1])}),
  nested: () => ({xs: {a: tf.zeros([1]), b: [tf.zeros([1]), {c: tf.zeros([1])}]}, ys: [tf.zeros([1]), 3]}),
  'tensors among numbers': () => [1, 2, tf.zeros([1]), 'text', null, undefined, tf.zeros([1])],
  shared: () => {
    const one = tf.zeros([1]);
    return {xs: one, ys: one, both: [one, one]};
  },
  cyclic: () => {
    const element: Record<string, unknown> = {xs: tf.zeros([1])};
    element.self = element;
    element.list = [element, tf.zeros([1])];
    return element;
  },
  'disposed already': () => {
    const xs = tf.zeros([1]);
    xs.dispose();
    return {xs, ys: tf.zeros([1])};
  },
  inherited: () => Object.create({xs: tf.zeros([1])}),
  'typed arrays': () => ({xs: new Float32Array(4), ys: new Uint8Array(2), zs: tf.zeros([1])}),
  'no container': () => 3,
  nothing: () => null,
};

for (const [name, make] of Object.entries(containers)) {
  test.serial(`disposes of the same tensors as tf.dispose: ${name}`, (t) => {
    const outside = tf.zeros([1]);
    const before = tf.memory().numTensors;
    tf.dispose(make() as tf.TensorContainer);
    t.is(tf.memory().numTensors, before, 'the example itself is one that tf.dispose clears');
    disposeElement(make());
    t.is(tf.memory().numTensors, before);
    t.false(outside.isDisposed);
    outside.dispose();
  });
}
