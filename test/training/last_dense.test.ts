import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {lastDense} from '../../src/training/last_dense';
import {useBackend} from '../helpers/backends';
import {endings} from '../helpers/served';

test.before(() => useBackend('cpu'));

test('finds the dense layer of the logits, and the activation after it', (t) => {
  for (const [ending, make] of Object.entries(endings)) {
    for (const activation of ['linear', 'softmax', 'sigmoid'] as const) {
      const found = lastDense(make(activation));
      t.is(found.layer.getClassName(), 'Dense', ending);
      t.deepEqual([found.units, found.activation], [4, activation], ending);
    }
  }
  const withLayer = tf.sequential({
    layers: [tf.layers.dense({units: 4, inputShape: [3]}), tf.layers.softmax()],
  });
  t.is(lastDense(withLayer).activation, 'softmax');
});

test('names the layer if logits cannot be recovered', (t) => {
  const dense = (units: number, activation?: 'relu' | 'softmax', name?: string) =>
    tf.layers.dense({units, inputShape: [3], activation, name});
  const ends = (...layers: tf.layers.Layer[]) => lastDense(tf.sequential({layers}));
  t.throws(() => ends(dense(4, 'relu', 'head')), {message: /not in relu. Received: layer 'head'/});
  t.throws(() => ends(dense(4), tf.layers.dropout({rate: 0.5, name: 'drop'})), {
    message: /in a dense layer, of logits, not in a Dropout. Received: layer 'drop'/,
  });
  t.throws(() => ends(dense(4, 'relu', 'in'), tf.layers.activation({activation: 'softmax', name: 'out'})), {
    message: /Received: layer 'out'/,
  });
  const twice = tf.layers.dense({units: 3, name: 'twice'});
  const input = tf.input({shape: [3]});
  const outputs = twice.apply(twice.apply(input)) as tf.SymbolicTensor;
  t.throws(() => lastDense(tf.model({inputs: input, outputs})), {message: /once. Received: layer 'twice'/});
  const heads = [1, 2].map(() => tf.layers.dense({units: 2}).apply(input) as tf.SymbolicTensor);
  t.throws(() => lastDense(tf.model({inputs: input, outputs: heads})), {message: /one output.*2 outputs/});
  t.throws(() => lastDense({} as never), {message: /`model` to be a LayersModel/});
});
