import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {outputActivations} from '../../src/serialization/output_activation';
import {useBackend} from '../helpers/backends';

test.before(() => useBackend('cpu'));

const {layers} = tf;
const dense = (activation: string | undefined, name = 'end') =>
  layers.dense({units: 4, activation: activation as never, name});

function endsIn(inputShape: number[], ...stack: tf.layers.Layer[]): string[] {
  const input = tf.input({shape: inputShape});
  const output = stack.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
  return outputActivations(output).map(({layer, activation}) => `${layer}: ${activation}`);
}

test('the activation of the last layer that has one', (t) => {
  for (const activation of ['softmax', 'sigmoid', 'hardSigmoid', 'linear', 'relu', 'tanh', 'logSoftmax']) {
    t.deepEqual(endsIn([3], dense('sigmoid', 'first'), dense(activation)), [`end: ${activation}`]);
  }
  t.deepEqual(endsIn([3], dense(undefined)), ['end: linear']);
  t.deepEqual(
    endsIn([8, 8, 2], layers.conv2d({filters: 3, kernelSize: 3, activation: 'sigmoid', name: 'c'})),
    ['c: sigmoid'],
  );
  t.deepEqual(endsIn([8, 2], layers.conv1d({filters: 3, kernelSize: 3, activation: 'softmax', name: 'c'})), [
    'c: softmax',
  ]);
  t.deepEqual(endsIn([3], dense(undefined), layers.activation({activation: 'sigmoid', name: 'a'})), [
    'a: sigmoid',
  ]);
  t.deepEqual(endsIn([3], dense('sigmoid'), layers.activation({activation: 'linear'})), ['end: sigmoid']);
  t.deepEqual(endsIn([3], dense(undefined), layers.softmax({name: 's'})), ['s: softmax']);
  t.deepEqual(endsIn([3], dense(undefined), layers.leakyReLU({name: 'r'})), ['r: leakyReLU']);
});

test('layers that only move, drop or average values are looked through', (t) => {
  t.deepEqual(endsIn([3], dense('softmax'), layers.reshape({targetShape: [2, 2]}), layers.flatten()), [
    'end: softmax',
  ]);
  t.deepEqual(endsIn([3], dense('softmax'), layers.dropout({rate: 0.5})), ['end: softmax']);
  t.deepEqual(
    endsIn(
      [8, 8, 2],
      layers.conv2d({filters: 3, kernelSize: 1, activation: 'sigmoid', name: 'c'}),
      layers.globalAveragePooling2d({}),
    ),
    ['c: sigmoid'],
  );
  t.deepEqual(endsIn([5, 3], layers.timeDistributed({layer: dense('softmax')})), ['end: softmax']);
  t.deepEqual(endsIn([3], dense('softmax'), layers.batchNormalization()), [], 'which mixes them');
});

test('models that are layers, and concatenated heads', (t) => {
  const inner = tf.sequential({
    layers: [layers.dense({units: 2, inputShape: [3], activation: 'sigmoid', name: 'inner'})],
  });
  t.deepEqual(endsIn([3], inner), ['inner: sigmoid']);
  const input = tf.input({shape: [3]});
  const two = tf.model({
    inputs: input,
    outputs: [dense('softmax', 'p').apply(input), dense('linear', 'z').apply(input)] as tf.SymbolicTensor[],
  });
  const outputs = two.apply(tf.input({shape: [3]})) as tf.SymbolicTensor[];
  t.deepEqual(
    outputs.map((output) => outputActivations(output).map(({layer}) => layer)),
    [['p'], ['z']],
  );
  const joined = layers.concatenate().apply(outputs) as tf.SymbolicTensor;
  t.deepEqual(
    outputActivations(joined).map(({activation}) => activation),
    ['softmax', 'linear'],
  );
});

test('nothing is said of layers that are not known', (t) => {
  class Scale extends layers.Layer {
    static className = 'ScaleOfATest';
    override computeOutputShape(shape: tf.Shape) {
      return shape;
    }
    override call(x: tf.Tensor | tf.Tensor[]) {
      return [x].flat()[0];
    }
  }
  t.deepEqual(endsIn([3], dense('softmax'), new Scale({})), []);
  t.deepEqual(endsIn([3]), []);
  t.deepEqual(endsIn([5, 3], layers.lstm({units: 2})), []);
});
