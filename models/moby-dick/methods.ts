import {
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
import {ValueError} from '../../src/core/errors';

/** What a loss may depend on. */
interface Setting {
  /** Of the characters; of `softmax` methods background is one more class. */
  freqInfo: ClassFrequency;
  lambda: number;
  seed: number;
  /** Whether the data have background. */
  background: boolean;
}

/** A way of training the network of the main job. */
interface Method {
  /** What it is called in tables. */
  title: string;
  /** `sigmoid`: C logits, background is no class. `softmax`: background is one more class. */
  outputs: 'sigmoid' | 'softmax';
  loss(setting: Setting): Loss;
}

/** Ways to train, by the names that `--methods` takes; `<name>+la` reads the same model with adjusted logits. */
export const METHODS: Readonly<Record<string, Method>> = {
  ce: {title: 'sigmoid cross entropy', outputs: 'sigmoid', loss: () => new SigmoidCrossEntropy()},
  eql: {
    title: 'EQL',
    outputs: 'sigmoid',
    // Without background it collapses, which is what such a comparison is to show.
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
  softmax: {title: 'softmax cross entropy', outputs: 'softmax', loss: () => new SoftmaxCrossEntropy()},
  seql: {
    title: 'softmax EQL',
    outputs: 'softmax',
    loss: ({lambda, freqInfo, seed}) => new SoftmaxEqualizationLoss({lambda, freqInfo, seed}),
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
  la: {
    title: 'logit-adjusted softmax',
    outputs: 'softmax',
    loss: ({freqInfo}) => new LogitAdjustedLoss({freqInfo, tau: 0.5}),
  },
  ldam: {title: 'LDAM', outputs: 'softmax', loss: ({freqInfo}) => new LDAMLoss({freqInfo})},
};

/** A method of training and how the model's logits are read. */
export interface Contender {
  /** As it was given, such as `eql+la`. */
  name: string;
  method: string;
  reading: 'plain' | 'adjusted';
  title: string;
}

/**
 * Reads `ce,eql,eql+la`.
 *
 * @throws ValueError naming what is no method.
 */
export function contenders(list: string): Contender[] {
  return list.split(',').map((name) => {
    const [method, suffix, ...more] = name.trim().split('+');
    if (!Object.hasOwn(METHODS, method) || (suffix !== undefined && suffix !== 'la') || more.length > 0) {
      const known = Object.keys(METHODS).join(', ');
      throw new ValueError(
        `Expected \`--methods\` to be of ${known}, each alone or with +la. Received: ${name.trim()}`,
      );
    }
    const {title} = METHODS[method];
    return suffix === undefined
      ? {name: method, method, reading: 'plain', title}
      : {name: `${method}+la`, method, reading: 'adjusted', title: `${title}, logits adjusted`};
  });
}

/** The classes that the method's outputs stand for, with how often each occurs. */
export function outputFrequencies(method: string, freqInfo: ClassFrequency): ClassFrequency {
  const {imageCounts, numImages} = freqInfo;
  const background = numImages - imageCounts.reduce((sum, count) => sum + count, 0);
  if (METHODS[method].outputs === 'sigmoid' || background === 0) return freqInfo;
  return new ClassFrequency({imageCounts: [...imageCounts, background], numImages});
}
