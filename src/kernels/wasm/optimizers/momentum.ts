import type {MomentumOptimizer, Scalar, SGDOptimizer} from '@tensorflow/tfjs-core';
import {assignUpdate, countStep, type Gradient, keptAt, type OptimizerVariable} from './variables';

/** What tfjs declares private: −rate and μ as tensors. */
interface State {
  c: Scalar;
  m: Scalar;
  useNesterov: boolean;
  accumulations: OptimizerVariable[];
}

/** A step of gradient descent, one pass over each variable. */
export function sgdStep(optimizer: SGDOptimizer, gradients: Gradient[]): void {
  const [minusRate] = (optimizer as unknown as State).c.dataSync();
  for (const {value, gradient} of gradients) {
    if (gradient) assignUpdate('descend', [value], gradient, [minusRate]);
  }
  countStep(optimizer);
}

/** The same with momentum. */
export function momentumStep(optimizer: MomentumOptimizer, gradients: Gradient[]): void {
  const {c, m, useNesterov, accumulations} = optimizer as unknown as State;
  const numbers = [m.dataSync()[0], c.dataSync()[0], Number(useNesterov)];
  gradients.forEach((pair, i) => {
    const accumulation = keptAt(accumulations, i, pair, 'momentum');
    if (pair.gradient) assignUpdate('momentum', [pair.value, accumulation], pair.gradient, numbers);
  });
  countStep(optimizer);
}
