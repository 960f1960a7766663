import '@tensorflow/tfjs';
import test from 'ava';
import {keras3Layer} from '../../../src/serialization/keras/keras3_layers';

const float32 = {
  module: 'keras',
  class_name: 'DTypePolicy',
  config: {name: 'float32'},
  registered_name: null,
};

test("converts what Keras 3 writes differently to Keras 2's format", (t) => {
  const layer = keras3Layer({
    class_name: 'Dense',
    config: {
      name: 'scores',
      dtype: float32,
      batch_shape: [null, 4],
      units: 2,
      kernel_initializer: {
        module: 'keras.initializers',
        class_name: 'GlorotUniform',
        config: {seed: null, input_axes: null, output_axes: null},
        registered_name: null,
      } as unknown,
      kernel_regularizer: {module: 'keras.regularizers', class_name: 'L2', config: {l2: 0.1}},
      activation: {module: 'builtins', class_name: 'function', config: 'relu', registered_name: 'function'},
      quantization_config: null,
    },
  });
  t.deepEqual(layer, {
    class_name: 'Dense',
    config: {
      name: 'scores',
      dtype: 'float32',
      batch_input_shape: [null, 4],
      units: 2,
      kernel_initializer: {class_name: 'GlorotUniform', config: {seed: null}},
      kernel_regularizer: {class_name: 'L1L2', config: {l1: 0, l2: 0.1}},
      activation: 'relu',
    },
  });
});

test('reads weights of mixed policies as float32', (t) => {
  const dtype = {class_name: 'DTypePolicy', config: {name: 'mixed_float16'}};
  t.deepEqual(keras3Layer({class_name: 'Flatten', config: {name: 'flat', dtype}}).config, {
    name: 'flat',
    dtype: 'float32',
  });
});

test("slopes: converts LeakyReLU's to alpha, and refuses ReLU's", (t) => {
  const leaky = keras3Layer({class_name: 'LeakyReLU', config: {name: 'a', negative_slope: 0.2}});
  t.deepEqual(leaky.config, {name: 'a', alpha: 0.2});
  t.deepEqual(keras3Layer({class_name: 'ReLU', config: {name: 'a', negative_slope: 0}}).config, {name: 'a'});
  t.throws(() => keras3Layer({class_name: 'ReLU', config: {name: 'a', negative_slope: 0.1}}), {
    name: 'ValueError',
    message: /ReLU with negative_slope = 0.1/,
  });
});

const dense = (config: object) => ({class_name: 'Dense', config: {name: 'scores', units: 2, ...config}});

test('names regularizers of one kind, and initializers of a registered class', (t) => {
  const own = {class_name: 'Mine', registered_name: 'my package>Mine', config: {a: 1}};
  const l1 = {module: 'keras.regularizers', class_name: 'L1', config: {l1: 0.2}};
  const {config} = keras3Layer(dense({kernel_initializer: own, kernel_regularizer: l1, axis: {1: 2}}));
  t.like(config, {
    kernel_initializer: {class_name: 'my package>Mine', config: {a: 1}},
    kernel_regularizer: {class_name: 'L1L2', config: {l1: 0.2, l2: 0}},
    // Not one of Keras's objects.
    axis: {1: 2},
  });
});

test('reads and refuses layers inside layers too', (t) => {
  const inner = {class_name: 'LSTM', config: {name: 'lstm', trainable: true, units: 3, dtype: float32}};
  const outer = (layer: object) => ({class_name: 'Bidirectional', config: {name: 'both', layer}});
  t.deepEqual(keras3Layer(outer(inner)).config, {
    name: 'both',
    layer: {class_name: 'LSTM', config: {name: 'lstm', trainable: true, units: 3, dtype: 'float32'}},
  });
  const other = {class_name: 'GroupQueryAttention', config: {name: 'a', trainable: true}};
  t.throws(() => keras3Layer(outer(other)), {name: 'ValueError', message: /GroupQueryAttention/});
});

test('refuses dtypes that change results; keeps integers and booleans', (t) => {
  const dtypeOf = (dtype: unknown) => (keras3Layer(dense({dtype})).config as {dtype: unknown}).dtype;
  t.is(dtypeOf('int32'), 'int32');
  t.is(dtypeOf({config: {name: 'bool'}}), 'bool');
  t.is(dtypeOf('float32'), 'float32');
  for (const dtype of ['float64', 'float16', null, {}, {config: {name: 'float64'}}]) {
    t.throws(() => dtypeOf(dtype), {name: 'ValueError', message: /Dense with dtype/});
  }
});

test('refuses options that TensorFlow.js lacks if set, and classes by their registered names', (t) => {
  t.throws(() => keras3Layer(dense({lora_rank: 4})), {name: 'ValueError', message: /lora_rank = 4/});
  t.notThrows(() => keras3Layer(dense({lora_rank: null})));
  t.throws(() => keras3Layer({...dense({}), registered_name: 'my package>Dense'}), {
    name: 'ValueError',
    message: /my package>Dense/,
  });
});
