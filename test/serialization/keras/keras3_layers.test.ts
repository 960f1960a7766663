import '@tensorflow/tfjs';
import test from 'ava';
import {keras3Layer} from '../../../src/serialization/keras/keras3_layers';

const float32 = {
  module: 'keras',
  class_name: 'DTypePolicy',
  config: {name: 'float32'},
  registered_name: null,
};

test('what Keras 3 writes in another way has the form of Keras 2', (t) => {
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

test('weights of mixed policies are float32', (t) => {
  const dtype = {class_name: 'DTypePolicy', config: {name: 'mixed_float16'}};
  t.deepEqual(keras3Layer({class_name: 'Flatten', config: {name: 'flat', dtype}}).config, {
    name: 'flat',
    dtype: 'float32',
  });
});

test('slopes: what LeakyReLU calls alpha, and ReLU does not have', (t) => {
  const leaky = keras3Layer({class_name: 'LeakyReLU', config: {name: 'a', negative_slope: 0.2}});
  t.deepEqual(leaky.config, {name: 'a', alpha: 0.2});
  t.deepEqual(keras3Layer({class_name: 'ReLU', config: {name: 'a', negative_slope: 0}}).config, {name: 'a'});
  t.throws(() => keras3Layer({class_name: 'ReLU', config: {name: 'a', negative_slope: 0.1}}), {
    name: 'ValueError',
    message: /ReLU with negative_slope = 0.1/,
  });
});
