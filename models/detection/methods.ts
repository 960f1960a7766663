import {
  type ClassFrequency,
  EqualizationLoss,
  type Loss,
  SeesawLoss,
  SigmoidCrossEntropy,
  SoftmaxCrossEntropy,
} from '../../src';
import {ValueError} from '../../src/core/errors';
import {EqualizationOfAll} from './equalization_of_all';

/** What a loss may depend on. */
interface Setting {
  freqInfo: ClassFrequency;
  lambda: number;
}

/** A method of training a detector's head. */
export interface Method {
  /** Its name in tables. */
  title: string;
  /** How logits become class scores. */
  scores: 'sigmoid' | 'softmax' | 'objectness';
  /** Whether pages with rare classes are repeated. */
  repeats?: boolean;
  loss(setting: Setting): Loss;
}

const eql = ({lambda, freqInfo}: Setting) => new EqualizationLoss({lambda, freqInfo});

/** Training methods, by the names that `--methods` takes. */
export const METHODS: Readonly<Record<string, Method>> = {
  sigmoid: {title: 'sigmoid', scores: 'sigmoid', loss: () => new SigmoidCrossEntropy()},
  softmax: {title: 'softmax', scores: 'softmax', loss: () => new SoftmaxCrossEntropy()},
  eql: {title: 'EQL', scores: 'sigmoid', loss: eql},
  seesaw: {
    title: 'Seesaw',
    scores: 'objectness',
    loss: ({freqInfo}) => new SeesawLoss({numClasses: freqInfo.numClasses, objectness: true}),
  },
  'eql+rfs': {title: 'EQL + repeat factor', scores: 'sigmoid', repeats: true, loss: eql},
  'eql-e': {
    title: 'EQL without E(r)',
    scores: 'sigmoid',
    loss: ({lambda, freqInfo}) => new EqualizationOfAll({lambda, frequencies: freqInfo.frequencies}),
  },
};

/** Number of logits besides those of the classes. */
const EXTRA = {sigmoid: 0, softmax: 1, objectness: 2};

/** Number of outputs that a head needs for `classes` classes. */
export function outputsOf({scores}: Method, classes: number): number {
  return classes + EXTRA[scores];
}

/** Reads `sigmoid,eql`. @throws ValueError naming an unknown method. */
export function readMethods(list: string): string[] {
  return list.split(',').map((part) => {
    const name = part.trim();
    if (!Object.hasOwn(METHODS, name)) {
      throw new ValueError(
        `Expected \`--methods\` to be of ${Object.keys(METHODS).join(', ')}. Received: ${name}`,
      );
    }
    return name;
  });
}
