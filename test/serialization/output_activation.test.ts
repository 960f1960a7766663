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

test('finds the activation of the last layer that has one', (t) => {
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

test('looks through layers that only move, drop or average values', (t) => {
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

test('looks into nested models and concatenated heads', (t) => {
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

test('returns nothing for unknown layers', (t) => {
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
});

type Activation = 'sigmoid' | 'softmax' | 'hardSigmoid' | 'linear' | 'relu' | 'tanh';

/** Activations of a layer that merges heads with these activations. */
function endsOf(layer: tf.layers.Layer, ...activations: Activation[]): string[] {
  const input = tf.input({shape: [3]});
  const heads = activations.map((activation) => layers.dense({units: 4, activation}).apply(input));
  return outputActivations(layer.apply(heads as tf.SymbolicTensor[]) as tf.SymbolicTensor).map(
    ({activation}) => activation,
  );
}

test('averages, extremes and products keep probabilities and keep logits', (t) => {
  for (const make of [layers.average, layers.maximum, layers.minimum, layers.multiply]) {
    t.deepEqual(endsOf(make(), 'sigmoid', 'softmax'), ['sigmoid', 'softmax']);
    t.deepEqual(endsOf(make(), 'linear', 'relu'), ['linear', 'relu']);
    t.deepEqual(endsOf(make(), 'linear', 'sigmoid'), [], 'a gate, for example');
  }
});

test('sums and normalizations of logits are not probabilities, and of probabilities unknown', (t) => {
  t.deepEqual(endsOf(layers.add(), 'linear', 'linear'), ['add']);
  t.deepEqual(endsOf(layers.dot({axes: 1}), 'linear', 'linear'), ['dot']);
  for (const end of [layers.add(), layers.dot({axes: 1})]) {
    t.deepEqual(endsOf(end, 'linear', 'sigmoid'), []);
    t.deepEqual(endsOf(end, 'sigmoid', 'sigmoid'), []);
  }
  const linear = () => dense('linear', 'z');
  t.deepEqual(endsIn([3], linear(), layers.batchNormalization({name: 'n'})), ['n: batchNormalization']);
  t.deepEqual(endsIn([3], linear(), layers.layerNormalization({name: 'n'})), ['n: layerNormalization']);
  t.deepEqual(endsIn([3], dense('sigmoid'), layers.layerNormalization({name: 'n'})), []);
});

test('a ReLU keeps probabilities, and creates none', (t) => {
  for (const relu of [
    () => layers.reLU({name: 'r'}),
    () => layers.leakyReLU({name: 'r'}),
    () => layers.activation({activation: 'relu', name: 'r'}),
  ]) {
    t.deepEqual(endsIn([3], dense('softmax'), relu()), ['end: softmax']);
    t.regex(endsIn([3], dense('linear'), relu()).join(), /^r: (leakyReLU|relu)$/);
  }
  t.deepEqual(endsIn([3], dense('linear'), layers.reLU({maxValue: 6, name: 'r'})), ['r: relu']);
  t.deepEqual(endsIn([3], dense('linear'), layers.reLU({maxValue: 1})), [], 'which may be a probability');
  t.deepEqual(endsIn([3], dense('sigmoid'), layers.activation({activation: 'tanh', name: 'r'})), ['r: tanh']);
});

test('recurrent layers end in the activation of their cell', (t) => {
  const one = {units: 4, name: 'r'};
  for (const activation of ['sigmoid', 'softmax', 'hardSigmoid', 'linear', 'relu', 'tanh'] as Activation[]) {
    const made: tf.layers.Layer[] = [
      layers.simpleRNN({...one, activation}),
      layers.lstm({...one, activation}),
      layers.gru({...one, activation}),
      layers.rnn({name: 'r', cell: layers.lstmCell({units: 4, activation})}),
      layers.rnn({
        name: 'r',
        cell: [layers.lstmCell({units: 3}), layers.gruCell({units: 4, activation})],
      } as never),
    ];
    for (const layer of made) t.deepEqual(endsIn([5, 3], layer), [`r: ${activation}`], layer.getClassName());
    const convolved = layers.convLstm2d({filters: 2, kernelSize: 1, activation, name: 'r'} as never);
    t.deepEqual(endsIn([2, 4, 4, 1], convolved), [`r: ${activation}`]);
  }
  t.deepEqual(endsIn([5, 3], layers.lstm(one)), ['r: tanh'], 'by default');
  const withStates = layers.lstm({...one, activation: 'sigmoid', returnState: true});
  const outputs = withStates.apply(tf.input({shape: [5, 3]})) as tf.SymbolicTensor[];
  t.deepEqual(outputs.map(outputActivations), [[{layer: 'r', activation: 'sigmoid'}], [], []]);
});

test('assumes nothing of a custom cell, whatever it holds', (t) => {
  class Identity extends layers.RNNCell {
    static className = 'Identity';
    override stateSize = 3;
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
      const [x] = [inputs].flat();
      return [x, x];
    }
  }
  const cell = new Identity({});
  t.deepEqual(endsIn([5, 3], layers.rnn({cell})), []);
  Object.assign(cell, {activation: layers.activation({activation: 'sigmoid'})});
  t.deepEqual(endsIn([5, 3], layers.rnn({cell})), []);
});

test('reads bidirectional layers by their merge mode', (t) => {
  const ends = (mergeMode: string | null, activation: Activation) => {
    const layer = layers.simpleRNN({units: 4, activation});
    const both = layers.bidirectional({layer, mergeMode, name: 'b'} as never);
    const outputs = both.apply(tf.input({shape: [5, 3]})) as tf.SymbolicTensor | tf.SymbolicTensor[];
    return [outputs].flat().map((output) => outputActivations(output).map((end) => end.activation));
  };
  for (const mode of ['concat', 'ave', 'mul']) t.deepEqual(ends(mode, 'sigmoid'), [['sigmoid', 'sigmoid']]);
  t.deepEqual(ends(null, 'sigmoid'), [['sigmoid'], ['sigmoid']]);
  t.deepEqual(ends('sum', 'sigmoid'), [[]]);
  t.deepEqual(ends('sum', 'linear'), [['linear', 'linear']]);
});

test('pooling over volumes and zero padding of images keep probabilities', (t) => {
  const volume = layers.conv3d({filters: 2, kernelSize: 1, activation: 'softmax', name: 'c'});
  const image = layers.conv2d({filters: 2, kernelSize: 1, activation: 'sigmoid', name: 'c'});
  const pools = [layers.averagePooling3d({poolSize: 1}), layers.maxPooling3d({poolSize: 1})];
  for (const pool of pools as tf.layers.Layer[])
    t.deepEqual(endsIn([2, 2, 2, 1], volume, pool), ['c: softmax']);
  t.deepEqual(endsIn([2, 2, 1], image, layers.zeroPadding2d({padding: 1})), ['c: sigmoid']);
});
