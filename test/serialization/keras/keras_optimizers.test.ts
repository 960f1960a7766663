import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../../src';
import {NotInTfjs} from '../../../src/serialization/keras/keras_config';
import {translateOptimizer} from '../../../src/serialization/keras/keras_optimizers';
import {fromH5, fromKerasFile, keras} from './keras_models';

tf.enableProdMode();

// tfjs's name of an option, then Keras's.
const OPTIONS: Record<string, string> = {
  learningRate: 'learning_rate',
  beta1: 'beta_1',
  beta2: 'beta_2',
  epsilon: 'epsilon',
  rho: 'rho',
  decay: 'rho',
  momentum: 'momentum',
  centered: 'centered',
  initialAccumulatorValue: 'initial_accumulator_value',
};

for (const [name, {config, kernel, bias}] of Object.entries(keras.by_name)) {
  test(`'${name}' and an object without options have Keras's defaults`, (t) => {
    for (const form of [name, {class_name: name, config: {}}]) {
      const translated = translateOptimizer(form).config as Record<string, number>;
      t.is(translateOptimizer(form).class_name.toLowerCase(), name.toLowerCase());
      for (const [option, value] of Object.entries(translated)) {
        // Keras stores the learning rate in float32.
        const byKeras = config[OPTIONS[option]];
        t.true(typeof value === typeof byKeras && Math.abs(Number(value) - Number(byKeras)) <= 1e-8, option);
      }
    }
  });

  // tfjs's Adadelta divides by the previous step's accumulator.
  if (name === 'adadelta') continue;
  test.serial(`'${name}' trains as in Keras`, async (t) => {
    const compiled = {optimizer: name, loss: 'mse', loss_weights: null, weighted_metrics: null};
    const forms = [
      fromKerasFile(compiled),
      fromH5({loss: 'mse', optimizer_config: {class_name: name, config: {}}}),
    ];
    for (const artifacts of forms) {
      const model = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
      const [xs, ys] = [tf.tensor2d(keras.x), tf.tensor2d(keras.y)];
      for (let step = 0; step < keras.steps; step++) await model.trainOnBatch(xs, ys);
      const trained = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
      const start = [...keras.start.kernel.flat(), ...keras.start.bias];
      [...kernel.flat(), ...bias].forEach((expected, i) => {
        const error = Math.abs(trained[i] - expected) / Math.abs(expected - start[i]);
        t.true(error < 2e-3, `weight ${i}: ${trained[i]}, in Keras ${expected}`);
      });
    }
  });
}

test('keeps given options and adds the defaults of the others', (t) => {
  const {config} = translateOptimizer({class_name: 'Adam', config: {beta_1: 0.5, epsilon: null}});
  t.deepEqual(config, {learningRate: 0.001, beta1: 0.5, beta2: 0.999, epsilon: null});
  t.deepEqual(translateOptimizer({class_name: 'Custom>sgd', config: {momentum: 0.9}}), {
    class_name: 'Momentum',
    config: {learningRate: 0.01, momentum: 0.9, useNesterov: false},
  });
});

test("names an optimizer of a user's package, and an option that Keras's lacks", (t) => {
  const refused: Array<[Parameters<typeof translateOptimizer>[0], string]> = [
    [{class_name: 'Adam', config: {}, registered_name: 'mine>Adam'}, 'the optimizer mine>Adam'],
    [{class_name: 'mine>Adam', config: {}}, 'the optimizer mine>Adam'],
    [{class_name: 'Adam', config: {warmup_steps: 100}}, "Adam's option warmup_steps = 100"],
    [{class_name: 'Adam', config: {momentum: 0.9}}, "Adam's option momentum = 0.9"],
    [{class_name: 'SGD', config: {momentum: 0.9, my_option: 0}}, "SGD's option my_option = 0"],
  ];
  for (const [optimizer, message] of refused) {
    t.throws(() => translateOptimizer(optimizer), {instanceOf: NotInTfjs, message});
  }
  const taken = {class_name: 'Adam', config: {my_option: null}, registered_name: 'Custom>Adam'};
  t.is(translateOptimizer(taken).class_name, 'Adam');
  const plain = {class_name: 'SGD', config: {momentum: 0, nesterov: true, ema_momentum: 0.99, name: 'SGD'}};
  t.is(translateOptimizer(plain).class_name, 'SGD');
});

test('names what tfjs lacks', (t) => {
  const message = (optimizer: Parameters<typeof translateOptimizer>[0]) =>
    t.throws(() => translateOptimizer(optimizer), {instanceOf: NotInTfjs})?.message;
  for (const name of ['nadam', 'adamw', 'Lion', 'ftrl', 'momentum', 'constructor', 'Custom>adam'])
    t.is(message(name), `the optimizer ${name}`);
  t.is(message({class_name: 'Momentum', config: {}}), 'the optimizer Momentum');
  t.is(message(undefined), 'no optimizer');
  t.is(message(''), 'no optimizer');
  t.is(message({class_name: 'Adagrad', config: {epsilon: 0.1}}), "Adagrad's epsilon = 0.1");
});
