import type {AdamOptimizer, Variable} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {
  assignUpdate,
  countStep,
  type Gradient,
  internalsOf,
  keptAt,
  type OptimizerVariable,
} from './variables';

/** Fields that tfjs declares private. */
interface State {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  accBeta1: Variable;
  accBeta2: Variable;
  accumulatedFirstMoment: OptimizerVariable[];
  accumulatedSecondMoment: OptimizerVariable[];
}

/** Runs a step of Adam, one pass over each variable. */
export function adamStep(optimizer: AdamOptimizer, gradients: Gradient[]): void {
  const state = internalsOf<State>(optimizer);
  const {learningRate, beta1, beta2, epsilon, accBeta1, accBeta2} = state;
  const numbers = {beta1, rest1: 1 - beta1, beta2, rest2: 1 - beta2, epsilon, minusRate: -learningRate};
  gradients.forEach((pair, i) => {
    const first = keptAt(state.accumulatedFirstMoment, i, pair, 'm');
    const second = keptAt(state.accumulatedSecondMoment, i, pair, 'v');
    assignUpdate('adam', pair, {first, second}, {accBeta1, accBeta2}, numbers);
  });
  tfc.tidy(() => {
    accBeta1.assign(tfc.mul(accBeta1, beta1));
    accBeta2.assign(tfc.mul(accBeta2, beta2));
  });
  countStep(optimizer);
}
