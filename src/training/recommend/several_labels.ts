import {AsymmetricLoss, FocalLoss, SigmoidCrossEntropy} from '../../losses';
import {type Advice, BALANCED, inWords, type Situation} from './recommendation';

/** Advice for several classes per image, or none. */
export function adviseSeveralLabels({ratio}: Situation): Advice {
  const common = {task: 'multi-label', sampler: {name: 'uniform'}, prior: 0.01} as const;
  const focal = {
    loss: new FocalLoss({gamma: 2, activation: 'sigmoid'}),
    reason: 'The symmetric variant: focused positives cost rare classes.',
  };
  if (ratio <= BALANCED) {
    return {
      ...common,
      loss: new SigmoidCrossEntropy(),
      reason: `Several labels per image, the most frequent ${inWords(ratio)} times as often as the least: sigmoid cross entropy, with a bias initialized for rare positives.`,
      alternatives: [
        {
          loss: new AsymmetricLoss(),
          reason: 'If images hold few of many classes: easy negatives cost less.',
        },
      ],
    };
  }
  return {
    ...common,
    loss: new AsymmetricLoss(),
    reason:
      `Several labels per image, the most frequent ${inWords(ratio)} times as often as the least: in the asymmetric ` +
      'loss easy negatives cost next to nothing, so that rare positives count. Choose a threshold for each ' +
      'class on validation data. Softmax losses and adjusted logits are for classes that exclude each other.',
    alternatives: [
      {
        loss: new SigmoidCrossEntropy(),
        reason: 'The baseline; with a threshold for each class it is hard to beat.',
      },
      focal,
    ],
  };
}
