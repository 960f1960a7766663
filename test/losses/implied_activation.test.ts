import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  AsymmetricLoss,
  ClassBalancedLoss,
  EqualizationLoss,
  EqualizationLossV2,
  FocalLoss,
  LogitAdjustedLoss,
  type Loss,
  SeesawLoss,
  SigmoidCrossEntropy,
  SoftmaxCrossEntropy,
} from '../../src';
import {impliedActivation} from '../../src/losses/implied_activation';
import {useBackend} from '../helpers/backends';
import {CLASSES, freqInfo} from '../helpers/models';

const LOSSES: Loss[] = [
  new AsymmetricLoss(),
  new ClassBalancedLoss({freqInfo}),
  new ClassBalancedLoss({freqInfo, base: 'sigmoid'}),
  new ClassBalancedLoss({freqInfo, base: 'focal'}),
  new EqualizationLoss({freqInfo, lambda: 0.05}),
  new EqualizationLossV2({numClasses: CLASSES}),
  new FocalLoss(),
  new FocalLoss({activation: 'softmax'}),
  new LogitAdjustedLoss({freqInfo}),
  new SeesawLoss({numClasses: CLASSES}),
  new SigmoidCrossEntropy(),
  new SoftmaxCrossEntropy(),
];

/** A softmax, and nothing else, takes no notice of what is added to all logits. */
function isOfSoftmax(loss: Loss): boolean {
  const logits = tf.tensor2d([[0.5, -1, 2, 0, 1]]);
  const [here, there] = [logits, logits.add<tf.Tensor2D>(1)].map(
    (z) => loss.call(tf.tensor1d([1], 'int32'), z, {training: false}).dataSync()[0],
  );
  return Math.abs(here - there) < 1e-5;
}

test('sigmoids are told from softmaxes as their values tell them', async (t) => {
  await useBackend('cpu');
  for (const loss of LOSSES) {
    const implied = impliedActivation(loss);
    t.is(implied === 'sigmoid', !isOfSoftmax(loss), `${loss.getClassName()}: ${implied}`);
    t.is(impliedActivation([loss, new SigmoidCrossEntropy()]), implied, 'of the first output');
  }
  t.is(impliedActivation(new FocalLoss({activation: 'softmax'})), 'softmax');
  t.is(impliedActivation(new ClassBalancedLoss({freqInfo})), 'softmax');
  for (const other of ['meanSquaredError', undefined, () => 0]) t.is(impliedActivation(other), undefined);
});
