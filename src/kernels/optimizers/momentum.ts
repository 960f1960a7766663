import type {MomentumOptimizer, Scalar, SGDOptimizer} from '@tensorflow/tfjs-core';
import {
  assignUpdate,
  countStep,
  type Gradient,
  internalsOf,
  keptAt,
  type OptimizerVariable,
} from './variables';

/** Fields that tfjs declares private: −rate and μ as tensors. */
interface State {
  c: Scalar;
  m: Scalar;
  useNesterov: boolean;
  accumulations: OptimizerVariable[];
}

/** Runs a step of gradient descent, one pass over each variable. */
export function sgdStep(optimizer: SGDOptimizer, gradients: Gradient[]): void {
  const {c: minusRate} = internalsOf<State>(optimizer);
  for (const pair of gradients) assignUpdate('descend', pair, {}, {minusRate}, {});
  countStep(optimizer);
}

/** The same with momentum. */
export function momentumStep(optimizer: MomentumOptimizer, gradients: Gradient[]): void {
  const {c: minusRate, m: mu, useNesterov, accumulations} = internalsOf<State>(optimizer);
  gradients.forEach((pair, i) => {
    const velocity = keptAt(accumulations, i, pair, 'momentum');
    assignUpdate(useNesterov ? 'nesterov' : 'momentum', pair, {velocity}, {minusRate, mu}, {});
  });
  countStep(optimizer);
}
