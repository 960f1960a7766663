import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import type {Metric} from '../../../src/core/metric';
import {deserializeObject, type SerializedObject} from '../../../src/core/registry';
import type {Loss} from '../../../src/index.node';
import '../../../src/index.node';
import '../../../src/metrics';
import {kerasModels} from '../../helpers/keras_models';

const {labels, logits, losses, metrics} = kerasModels;
const labelTensor = (form: string) =>
  tf.tensor(labels[form], undefined, form === 'integers' || form === 'background' ? 'int32' : 'float32');

for (const {class_name: name, config, values} of losses) {
  test(`${name} of docs/keras/longtail.py agrees with ours: ${JSON.stringify(config)}`, (t) => {
    const loss = deserializeObject({class_name: name, config} as SerializedObject) as unknown as Loss;
    for (const [form, expected] of Object.entries(values)) {
      // As in Keras, γ replaces β in EQL (evaluation); the softmax type, with γ = 1 here, is compared in training.
      const training = name.endsWith('SoftmaxEqualizationLoss');
      const actual = loss.call(labelTensor(form), tf.tensor2d(logits), {training}).dataSync();
      for (const [row, value] of expected.entries()) {
        t.true(
          Math.abs(actual[row] - value) < 1e-4 * (1 + Math.abs(value)),
          `${form}: ${actual} and ${expected}`,
        );
      }
    }
  });
}

for (const {class_name: name, config, value} of metrics) {
  test(`${name} of docs/keras/longtail.py agrees with ours: ${JSON.stringify(config)}`, (t) => {
    const metric = deserializeObject({class_name: name, config} as SerializedObject) as unknown as Metric;
    metric.update(labelTensor('integers'), tf.tensor2d(logits));
    t.true(Math.abs(metric.value() - value) < 1e-6);
  });
}
