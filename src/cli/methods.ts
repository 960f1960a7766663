import type {ClassFrequency} from '../frequency';
import {
  BalancedSoftmaxLoss,
  ClassBalancedLoss,
  FocalLoss,
  LDAMLoss,
  LogitAdjustedLoss,
  type Loss,
  SeesawLoss,
  SoftmaxCrossEntropy,
  SoftmaxEqualizationLoss,
} from '../losses';
import {classAware, repeatFactor, type Sampler, squareRoot, uniform} from '../sampling';
import {lambdaInRange} from '../training/recommend/lambda_in_range';
import {recommend} from '../training/recommend/recommend';
import type {RecommendedSampler} from '../training/recommend/recommendation';
import {CommandError} from './exit';

/** A method for training on a long tail. */
export interface Method {
  loss: Loss;
  sampler: Sampler;
  /** τ, if logits are adjusted after training. */
  postHocTau?: number;
  /** Whether it already compensates for frequencies, so that nothing else may. */
  adjusts: boolean;
}

type Make = (freqInfo: ClassFrequency) => Partial<Method> & {loss: Loss};

const METHODS: Record<string, {about: string; make: Make}> = {
  recommended: {
    about: 'what `longtail frequency` recommends',
    make: (freqInfo) => {
      const {loss, sampler, postHoc, tau} = recommend(freqInfo);
      return {loss, sampler: samplerOf(sampler), postHocTau: postHoc?.tau, adjusts: tau !== undefined};
    },
  },
  ce: {about: 'softmax cross entropy', make: () => ({loss: new SoftmaxCrossEntropy(), adjusts: false})},
  'ce-adjusted': {
    about: 'the same, with logits adjusted after training',
    make: () => ({loss: new SoftmaxCrossEntropy(), postHocTau: 1}),
  },
  'logit-adjusted': {
    about: 'LogitAdjustedLoss',
    make: (freqInfo) => ({loss: new LogitAdjustedLoss({freqInfo})}),
  },
  'balanced-softmax': {
    about: 'BalancedSoftmaxLoss',
    make: (freqInfo) => ({loss: new BalancedSoftmaxLoss({freqInfo})}),
  },
  'class-balanced': {
    about: 'ClassBalancedLoss',
    make: (freqInfo) => ({loss: new ClassBalancedLoss({freqInfo})}),
  },
  ldam: {about: 'LDAMLoss, scale 1', make: (freqInfo) => ({loss: new LDAMLoss({freqInfo, scale: 1})})},
  seesaw: {
    about: 'SeesawLoss',
    make: ({numClasses}) => ({loss: new SeesawLoss({numClasses})}),
  },
  'softmax-eql': {about: 'SoftmaxEqualizationLoss', make: softmaxEqualization},
  focal: {
    about: 'FocalLoss of softmax',
    make: () => ({loss: new FocalLoss({activation: 'softmax'}), adjusts: false}),
  },
  'square-root': {
    about: 'cross entropy, classes sampled in proportion to √N',
    make: () => ({loss: new SoftmaxCrossEntropy(), sampler: squareRoot}),
  },
  'class-aware': {
    about: 'cross entropy, classes sampled equally often',
    make: () => ({loss: new SoftmaxCrossEntropy(), sampler: classAware}),
  },
};

/** Names of the methods. */
export const METHOD_NAMES: readonly string[] = Object.keys(METHODS);

/** One line about each method, for `--help`. */
export function aboutMethods(): string {
  return Object.entries(METHODS)
    .map(([name, {about}]) => `  ${name.padEnd(18)}${about}`)
    .join('\n');
}

/** The method with this name, for data with these frequencies. */
export function methodOf(name: string, freqInfo: ClassFrequency): Method {
  return {sampler: uniform, adjusts: true, ...METHODS[name].make(freqInfo)};
}

function softmaxEqualization(freqInfo: ClassFrequency): {loss: Loss} {
  const tail = lambdaInRange(freqInfo);
  if (!tail)
    throw new CommandError('softmax-eql needs classes with less than a tenth of the images; there are none');
  return {loss: new SoftmaxEqualizationLoss({lambda: tail.lambda, freqInfo, gamma: 0.9})};
}

function samplerOf(sampler: RecommendedSampler): Sampler {
  if (sampler.name === 'repeatFactor') return repeatFactor(sampler.options);
  return sampler.name === 'classAware' ? classAware : uniform;
}
