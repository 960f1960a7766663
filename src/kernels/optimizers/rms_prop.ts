import type {RMSPropOptimizer} from '@tensorflow/tfjs-core';
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
  decay: number;
  momentum: number;
  epsilon: number;
  centered: boolean;
  accumulatedMeanSquares: OptimizerVariable[];
  accumulatedMoments: OptimizerVariable[];
}

/** Whether the optimizer keeps no mean gradient, which the pass does not support. */
export const isPlain = (optimizer: RMSPropOptimizer) => !internalsOf<State>(optimizer).centered;

/** Runs a step of RMSProp, one pass over each variable. */
export function rmsPropStep(optimizer: RMSPropOptimizer, gradients: Gradient[]): void {
  const state = internalsOf<State>(optimizer);
  const {decay, momentum: mu, epsilon, learningRate: rate} = state;
  gradients.forEach((pair, i) => {
    const square = keptAt(state.accumulatedMeanSquares, i, pair, 'rms');
    const moment = keptAt(state.accumulatedMoments, i, pair, 'momentum');
    assignUpdate('rmsProp', pair, {square, moment}, {}, {decay, rest: 1 - decay, mu, epsilon, rate});
  });
  countStep(optimizer);
}
