import {
  BalancedSoftmaxLoss,
  LogitAdjustedLoss,
  SoftmaxCrossEntropy,
  SoftmaxEqualizationLoss,
} from '../../losses';
import {lambdaInRange} from './lambda_in_range';
import {type Advice, BALANCED, inWords, type RecommendedAlternative, type Situation} from './recommendation';

/** Advice for one class per image, without background. */
export function adviseClassification({freqInfo, ratio}: Situation): Advice {
  const common = {task: 'classification', sampler: {name: 'uniform'}} as const;
  if (ratio <= BALANCED) {
    return {
      ...common,
      loss: new SoftmaxCrossEntropy(),
      reason: `The most frequent class has ${inWords(ratio)} times the images of the least frequent: there is nothing to compensate for, and plain softmax cross entropy is right.`,
      alternatives: [],
    };
  }
  return {
    ...common,
    loss: new LogitAdjustedLoss({freqInfo, tau: 1}),
    tau: 1,
    reason:
      `One class per image, ${inWords(ratio)} times as many images of the most frequent class as of the least: logit ` +
      'adjustment with τ = 1 aims at balanced accuracy. Predict by the arg max of the logits as they are; do not adjust ' +
      'them again, and do not balance the data as well.',
    alternatives: [
      {loss: new BalancedSoftmaxLoss({freqInfo}), reason: 'The same loss with τ = 1 under its other name.'},
      {
        loss: new SoftmaxCrossEntropy(),
        postHocTau: 1,
        reason: 'For a model that is already trained, or to choose τ on validation data afterwards.',
      },
      ...softmaxEqualization(freqInfo),
    ],
  };
}

function softmaxEqualization(freqInfo: Situation['freqInfo']): RecommendedAlternative[] {
  const tail = lambdaInRange(freqInfo);
  if (tail === undefined) return [];
  const loss = new SoftmaxEqualizationLoss({lambda: tail.lambda, freqInfo, gamma: 0.9});
  return [{loss, reason: 'If frequent classes should lose little; it gains less on rare ones.'}];
}
