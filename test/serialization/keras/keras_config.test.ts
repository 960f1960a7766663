import test from 'ava';
import {deviation, isKerasObject, nameAndConfig} from '../../../src/serialization/keras/keras_config';

test('the name and configuration of each form in which Keras writes a loss or metric', (t) => {
  const config = {from_logits: true};
  for (const [entry, name, configured] of [
    ['mse', 'mse', {}],
    [{class_name: 'BinaryCrossentropy', config}, 'BinaryCrossentropy', config],
    [{class_name: 'BinaryCrossentropy'}, 'BinaryCrossentropy', {}],
    [{class_name: 'function', config: 'mean_squared_error'}, 'mean_squared_error', {}],
    [{module: 'builtins', class_name: 'function', config: 'mse', registered_name: 'function'}, 'mse', {}],
    [{class_name: 'Focal', config, registered_name: 'mine>Focal'}, 'mine>Focal', config],
    [{class_name: 'function', config: 'focal', registered_name: 'mine>focal'}, 'mine>focal', {}],
    [{class_name: 'Huber', config, registered_name: null}, 'Huber', config],
  ] as const) {
    t.deepEqual(nameAndConfig(entry as never), {name, config: configured}, JSON.stringify(entry));
  }
});

test('options that compute something else than tfjs are named, those of no effect are not', (t) => {
  for (const same of [
    {},
    {name: 'loss', dtype: 'float32', fn: 'mse', reduction: 'sum_over_batch_size'},
    {reduction: 'auto', from_logits: false, label_smoothing: 0, axis: -1, threshold: 0.5},
    {reduction: 'mean', ignore_class: null},
    {reduction: 'mean_with_sample_weight'},
  ]) {
    t.is(deviation(same), undefined, JSON.stringify(same));
  }
  for (const [config, wanted] of [
    [{reduction: 'sum'}, 'reduction = "sum"'],
    [{reduction: null}, 'reduction = null'],
    [{threshold: 0.3}, 'threshold = 0.3'],
    [{threshold: 0}, 'threshold = 0'],
    [{axis: 1}, 'axis = 1'],
    [{name: 'x', from_logits: true, label_smoothing: 0.1}, 'from_logits = true'],
    [{label_smoothing: -1}, 'label_smoothing = -1'],
  ] as const) {
    t.is(deviation(config), wanted);
  }
});

test('an object of Keras has the name of its class', (t) => {
  for (const other of [null, undefined, 'Adam', 3, {}, {config: {}}, {class_name: {class_name: 'mse'}}]) {
    t.false(isKerasObject(other), JSON.stringify(other));
  }
  t.true(isKerasObject({class_name: 'Adam'}));
});
