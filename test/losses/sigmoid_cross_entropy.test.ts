import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss, SigmoidCrossEntropy} from '../../src';
import {useBackend} from '../helpers/backends';
import {evaluateLoss, hot} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {comesBack, readsEveryForm, staysFinite} from '../helpers/row_losses';

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored and continues', (t) =>
  comesBack(t, new SigmoidCrossEntropy(), true),
);

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`it is the sum over classes of tfjs's sigmoid cross entropies (${backend})`, async (t) => {
    await useBackend(backend);
    const logits = tf.randomNormal([7, 5], 0, 3, 'float32', 2);
    const labels = [0, 1, 2, 3, 4, 5, 5];
    const {values, gradient} = evaluateLoss(new SigmoidCrossEntropy(), tf.tensor1d(labels, 'int32'), logits);
    await useBackend('cpu');
    const y = tf.tensor2d(hot(labels, 5), [7, 5]);
    const z = tf.tensor2d(logits.dataSync() as Float32Array, [7, 5]);
    const {NONE} = tf.Reduction;
    const each = tf.losses.sigmoidCrossEntropy(y, z, undefined, undefined, NONE);
    t.true(largestRelativeError(values, Array.from(tf.sum(each, 1).dataSync()), 1e-3) < 1e-6);
    t.true(largestRelativeError(gradient, Array.from(tf.sub(tf.sigmoid(z), y).dataSync()), 1e-1) < 1e-6);
  });
}

test.serial('it equals the equalization loss that spares no class, to the last bit', (t) => {
  const none = new EqualizationLoss({lambda: 0, freqInfo: [0.5, 0.1, 0.01]});
  const logits = tf.randomNormal([9, 3], 0, 3, 'float32', 3);
  const labels = tf.tensor1d([0, 1, 2, 3, 0, 1, 2, 3, 3], 'int32');
  t.deepEqual(evaluateLoss(new SigmoidCrossEntropy(), labels, logits), evaluateLoss(none, labels, logits));
});

test.serial('one logit: 0 is negative, 1 positive', (t) => {
  const logits = tf.tensor2d([2, 2], [2, 1]);
  const {values} = evaluateLoss(new SigmoidCrossEntropy(), tf.tensor2d([0, 1], [2, 1], 'int32'), logits);
  t.true(largestRelativeError(values, [Math.log1p(Math.exp(2)), Math.log1p(Math.exp(-2))], 1e-8) < 1e-6);
});

test.serial('every form of labels gives the same', (t) => {
  readsEveryForm(t, () => new SigmoidCrossEntropy(), 5, true);
  staysFinite(t, new SigmoidCrossEntropy());
});

test.serial('invalid options are rejected', (t) => {
  t.throws(() => new SigmoidCrossEntropy({gamma: 1} as never), {message: /"gamma"/});
});
