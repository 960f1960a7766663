import {FocalLoss, SigmoidCrossEntropy} from '../../losses';
import {type Advice, inWords} from './recommendation';

/** Shares of positives that need no help. */
const [FEW, MANY] = [1 / 3, 2 / 3];
/** Keeps its logit finite. */
const LEAST = 1e-6;

/** Advice for one logit. @param share f of the only class, in 0 … 1. */
export function adviseBinary(share: number): Advice {
  const common = {task: 'binary', sampler: {name: 'uniform'}, loss: new SigmoidCrossEntropy()} as const;
  const found = `${inWords(100 * share)} % of the samples are positive`;
  if (share >= FEW && share <= MANY) {
    return {...common, reason: `${found}: sigmoid cross entropy.`, alternatives: []};
  }
  return {
    ...common,
    prior: Math.min(Math.max(share, LEAST), 1 - LEAST),
    reason:
      `${found}: sigmoid cross entropy gives the right probabilities, and the threshold decides between misses and false ` +
      'alarms: choose it on validation data. A bias that starts at the share of positives saves the first steps.',
    alternatives: [
      {
        loss: new FocalLoss({gamma: 2, alpha: 0.25}),
        reason: 'If most negatives are easy, as in dense detectors.',
      },
    ],
  };
}
