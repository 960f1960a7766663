import {EqualizationLoss, EqualizationLossV2, SeesawLoss, SigmoidCrossEntropy} from '../../losses';
import {lambdaInRange} from './lambda_in_range';
import {type Advice, BALANCED, inWords, type RecommendedAlternative, type Situation} from './recommendation';

/** The number of batches after which the gradient ratios of EQLv2 are informative for rare classes. */
const LONG = 50_000;
/** The threshold used for LVIS. */
const REPEATED_BELOW = 0.001;

/** Advice for crops or boxes, most of them background. */
export function adviseDetection(situation: Situation): Advice {
  const {freqInfo, ratio, counts} = situation;
  const common = {task: 'detection', sampler: {name: 'uniform'}} as const;
  const plain = new SigmoidCrossEntropy();
  if (ratio <= BALANCED) {
    return {
      ...common,
      loss: plain,
      prior: 0.01,
      reason: `The most frequent class has ${inWords(ratio)} times the images of the least frequent: sigmoid cross entropy, with a bias initialized for rare positives.`,
      alternatives: [],
    };
  }
  const postHoc = {method: 'withAdjustedLogits', tau: 0.5} as const;
  const ranking =
    'After training, adjust the logits with τ = 0.5 if classes are compared, and choose τ on validation data: frequent ' +
    'classes lost some accuracy at 1. Detect background by the original logits.';
  const tail = lambdaInRange(freqInfo);
  if (tail === undefined) {
    return {
      ...common,
      loss: plain,
      postHoc,
      prior: 0.01,
      reason: `No λ spares 2 % to 10 % of the labels: sigmoid cross entropy. ${ranking}`,
      alternatives: others(situation, counts.length),
    };
  }
  return {
    ...common,
    loss: new EqualizationLoss({lambda: tail.lambda, freqInfo}),
    lambda: tail.lambda,
    prior: 0.01,
    reason:
      `With background, the equalization loss spares the classes below λ = ${inWords(tail.lambda)}, which hold ` +
      `${inWords(100 * tail.ratio)} % of the labels, from the negatives of others; background still teaches them what ` +
      'they are not.',
    alternatives: [
      {
        loss: new SigmoidCrossEntropy(),
        postHocTau: 1,
        reason:
          'The largest gain if only the best class of a box counts; frequent ones lose a little. Do not combine it ' +
          'with the equalization loss: frequent classes would lose much.',
      },
      ...others(situation, counts.length),
    ],
  };
}

function others({numTrainingSteps = 0}: Situation, numClasses: number): RecommendedAlternative[] {
  const alternatives: RecommendedAlternative[] = [
    {
      loss: new SigmoidCrossEntropy(),
      sampler: {name: 'repeatFactor', options: {threshold: REPEATED_BELOW}},
      reason: 'If epochs may take longer: images of rare classes are repeated.',
    },
  ];
  if (numClasses > 1) {
    const loss = new SeesawLoss({numClasses, objectness: true});
    alternatives.push({
      loss,
      reason: 'Needs no counts beforehand, but two more logits, for objectness.',
    });
  }
  if (numTrainingSteps >= LONG) {
    const reason = 'Needs no counts beforehand, for training as long as this.';
    alternatives.push({loss: new EqualizationLossV2({numClasses}), reason});
  }
  return alternatives;
}
