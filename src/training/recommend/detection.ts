import {EqualizationLoss, EqualizationLossV2, SeesawLoss, SigmoidCrossEntropy} from '../../losses';
import {lambdaInRange} from './lambda_in_range';
import {type Advice, BALANCED, inWords, type RecommendedAlternative, type Situation} from './recommendation';

/** Batches before the gradient ratios of EQLv2 say something about rare classes. */
const LONG = 50_000;
/** The threshold of LVIS. */
const REPEATED_BELOW = 0.001;

/** Crops or boxes, most of them background. */
export function adviseDetection(situation: Situation): Advice {
  const {freqInfo, ratio, counts} = situation;
  const common = {task: 'detection', sampler: {name: 'uniform'}} as const;
  const plain = new SigmoidCrossEntropy();
  if (ratio <= BALANCED) {
    return {
      ...common,
      loss: plain,
      prior: 0.01,
      reason: `The most frequent class has ${inWords(ratio)} times the images of the least frequent: sigmoid cross entropy, with a bias that begins at rare positives.`,
      alternatives: [],
    };
  }
  const postHoc = {method: 'withAdjustedLogits', tau: 0.5} as const;
  const ranking =
    'After training, adjust the logits by τ = 0.5 where classes are compared, and choose τ on validation data (0 leaves ' +
    'it out): the frequent classes held at 0.5, and lost at 1. Tell background by the logits as they were.';
  const tail = lambdaInRange(freqInfo);
  if (tail === undefined) {
    return {
      ...common,
      loss: plain,
      postHoc,
      prior: 0.01,
      reason: `No class is rare enough for the equalization loss, whose spared classes should hold 2 % to 10 % of the labels: sigmoid cross entropy. ${ranking}`,
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
      `${inWords(100 * tail.ratio)} % of the labels, from the negatives of others; background goes on teaching them what ` +
      'they are not.',
    alternatives: [
      {
        loss: new SigmoidCrossEntropy(),
        postHocTau: 1,
        reason:
          'The largest gain where the best class of a box counts; frequent ones lose a little. Not on top of the ' +
          'equalization loss: both make up for the frequencies, and frequent classes lose much.',
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
      reason: 'Where epochs may take longer: images of rare classes are repeated.',
    },
  ];
  if (numClasses > 1) {
    const loss = new SeesawLoss({numClasses, objectness: true});
    alternatives.push({
      loss,
      reason: 'Without counts beforehand; the model needs two more logits, of objectness.',
    });
  }
  if (numTrainingSteps >= LONG) {
    const reason = 'Without counts beforehand, in trainings as long as this one.';
    alternatives.push({loss: new EqualizationLossV2({numClasses}), reason});
  }
  return alternatives;
}
