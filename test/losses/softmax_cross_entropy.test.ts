import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {SoftmaxCrossEntropy} from '../../src';
import {useBackend} from '../helpers/backends';
import {softmaxClosedForm} from '../helpers/closed_form';
import {evaluateLoss, hot} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {comesBack, readsEveryForm, staysFinite} from '../helpers/row_losses';

const make = () => new SoftmaxCrossEntropy();

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored and continues', (t) => comesBack(t, make()));

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`it matches the closed form in float64, for hard and soft labels (${backend})`, async (t) => {
    await useBackend(backend);
    const predictions = Array.from({length: 20}, (_, i) => Math.fround(9 * Math.sin(i * 2.3)));
    const logits = tf.tensor2d(predictions, [4, 5]);
    const soft = Array.from({length: 20}, (_, i) => Math.fround(0.1 + 0.1 * Math.cos(i)));
    for (const labels of [hot([0, 3, 4, 1], 5), soft]) {
      const expected = softmaxClosedForm({predictions, labels, tail: new Float64Array(5)});
      const {values, gradient} = evaluateLoss(make(), tf.tensor2d(labels, [4, 5]), logits);
      t.true(largestRelativeError(values, expected.rowLosses, 1e-8) < 1e-6);
      t.true(largestRelativeError(gradient, expected.gradient, 1e-8) < 1e-6);
    }
  });
}

test.serial('every form of labels gives the same, and background is rejected', (t) => {
  readsEveryForm(t, make, 5, false);
  staysFinite(t, make());
});

test.serial('a single class is rejected: its softmax is always 1', (t) => {
  t.throws(() => make()(tf.zeros([2, 1]), tf.zeros([2, 1])), {message: /at least two classes/});
});

test.serial('invalid options are rejected', (t) => {
  t.throws(() => new SoftmaxCrossEntropy({gamma: 1} as never), {message: /"gamma"/});
});
