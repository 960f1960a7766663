import type * as tf from '@tensorflow/tfjs';
import {
  AsymmetricLoss,
  BalancedSoftmaxLoss,
  ClassBalancedLoss,
  ClassFrequency,
  EqualizationLoss,
  EqualizationLossV2,
  FocalLoss,
  LDAMLoss,
  LogitAdjustedLoss,
  type Loss,
  SeesawLoss,
  SigmoidCrossEntropy,
  SoftmaxCrossEntropy,
  SoftmaxEqualizationLoss,
} from '../../src';
import {classWeights} from '../../src/frequency';
import {classAware, repeatFactor, type Sampler} from '../../src/sampling';
import {deferred} from '../../src/training';

/** What a method may depend on. */
interface Setting {
  /** Frequencies of the characters; for `softmax` methods, background is one more class. */
  freqInfo: ClassFrequency;
  lambda: number;
  seed: number;
  /** Whether the data have background. */
  background: boolean;
  epochs: number;
  /** γ of softmax EQL (default: the paper's 0.9). */
  gamma?: number;
}

/** A way of training the network of the main job. */
interface Method {
  /** Its name in tables. */
  title: string;
  /** `sigmoid`: C logits, and background is no class. `softmax`: background is one more class. */
  outputs: 'sigmoid' | 'softmax';
  loss(setting: Setting): Loss;
  /** Given if an epoch does not show every crop exactly once. */
  sampler?: Sampler;
  /** Changes during training. */
  callbacks?(setting: Setting): tf.Callback;
}

/** LVIS's threshold for repeat factors. */
const REPEATED_BELOW = 0.001;
/** The share of epochs after which LDAM-DRW weights classes, and the factor of the learning rate from then on. */
const [DEFERRED_FROM, DEFERRED_RATE] = [0.8, 0.1];

/** Crops in a batch. */
export const BATCH_SIZE = 64;
/** Adam's learning rate, which deferred re-weighting lowers. */
export const LEARNING_RATE = 1e-3;

/** Training methods, by the names that `--methods` takes. */
export const METHODS: Readonly<Record<string, Method>> = {
  ce: {title: 'sigmoid cross entropy', outputs: 'sigmoid', loss: () => new SigmoidCrossEntropy()},
  eql: {
    title: 'EQL',
    outputs: 'sigmoid',
    // Without background it collapses, which such a comparison is meant to show.
    loss: ({lambda, freqInfo, background}) =>
      new EqualizationLoss({lambda, freqInfo, requireBackground: background}),
  },
  eqlv2: {
    title: 'EQL v2',
    outputs: 'sigmoid',
    loss: ({freqInfo}) => new EqualizationLossV2({numClasses: freqInfo.numClasses}),
  },
  focal: {title: 'focal', outputs: 'sigmoid', loss: () => new FocalLoss()},
  cb: {
    title: 'class-balanced sigmoid',
    outputs: 'sigmoid',
    loss: ({freqInfo}) => new ClassBalancedLoss({freqInfo, base: 'sigmoid'}),
  },
  asl: {title: 'asymmetric', outputs: 'sigmoid', loss: () => new AsymmetricLoss()},
  rfs: {
    title: 'repeat-factor sampling',
    outputs: 'sigmoid',
    loss: () => new SigmoidCrossEntropy(),
    sampler: repeatFactor({threshold: REPEATED_BELOW}),
  },
  cas: {
    title: 'class-aware sampling',
    outputs: 'sigmoid',
    loss: () => new SigmoidCrossEntropy(),
    sampler: classAware,
  },
  softmax: {title: 'softmax cross entropy', outputs: 'softmax', loss: () => new SoftmaxCrossEntropy()},
  seql: {
    title: 'softmax EQL',
    outputs: 'softmax',
    loss: ({lambda, freqInfo, seed, gamma}) => new SoftmaxEqualizationLoss({lambda, freqInfo, seed, gamma}),
  },
  seesaw: {
    title: 'Seesaw',
    outputs: 'softmax',
    loss: ({freqInfo}) => new SeesawLoss({numClasses: freqInfo.numClasses}),
  },
  bs: {
    title: 'balanced softmax',
    outputs: 'softmax',
    loss: ({freqInfo}) => new BalancedSoftmaxLoss({freqInfo}),
  },
  lal: {
    title: 'logit-adjusted softmax',
    outputs: 'softmax',
    loss: ({freqInfo}) => new LogitAdjustedLoss({freqInfo, tau: 0.5}),
  },
  ldam: {title: 'LDAM', outputs: 'softmax', loss: ({freqInfo}) => new LDAMLoss({freqInfo})},
  drw: {
    title: 'LDAM-DRW',
    outputs: 'softmax',
    loss: ({freqInfo}) => new LDAMLoss({freqInfo}),
    callbacks: ({freqInfo, epochs}) =>
      deferred({
        epoch: Math.floor(DEFERRED_FROM * epochs),
        classWeight: classWeights(freqInfo, {scheme: 'effectiveNumber'}),
        learningRate: DEFERRED_RATE * LEARNING_RATE,
      }),
  },
};

/** The frequencies of the classes that the method's outputs stand for. */
export function outputFrequencies(method: string, freqInfo: ClassFrequency): ClassFrequency {
  const {imageCounts, numImages} = freqInfo;
  const background = numImages - imageCounts.reduce((sum, count) => sum + count, 0);
  if (METHODS[method].outputs === 'sigmoid' || background === 0) return freqInfo;
  return new ClassFrequency({imageCounts: [...imageCounts, background], numImages});
}
