import type {MomentumOptimizer, Scalar, SGDOptimizer} from '@tensorflow/tfjs-core';
import {
  assignUpdate,
  countStep,
  type Gradient,
  internalsOf,
  keptAt,
  type OptimizerVariable,
} from './variables';

/** What tfjs declares private: −rate and μ as tensors. */
interface State {
  c: Scalar;
  m: Scalar;
  useNesterov: boolean;
  accumulations: OptimizerVariable[];
}

/** A step of gradient descent, one pass over each variable. */
export function sgdStep(optimizer: SGDOptimizer, gradients: Gradient[]): void {
  const [minusRate] = internalsOf<State>(optimizer).c.dataSync();
  for (const {value, gradient} of gradients) {
    if (gradient) assignUpdate('descend', [value], gradient, [minusRate]);
  }
  countStep(optimizer);
}

/** The same with momentum. */
export function momentumStep(optimizer: MomentumOptimizer, gradients: Gradient[]): void {
  const {c, m, useNesterov, accumulations} = internalsOf<State>(optimizer);
  const numbers = [m.dataSync()[0], c.dataSync()[0], Number(useNesterov)];
  gradients.forEach((pair, i) => {
    const accumulation = keptAt(accumulations, i, pair, 'momentum');
    if (pair.gradient) assignUpdate('momentum', [pair.value, accumulation], pair.gradient, numbers);
  });
  countStep(optimizer);
}
