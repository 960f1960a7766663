import type {RMSPropOptimizer} from '@tensorflow/tfjs-core';
import {
  assignUpdate,
  countStep,
  type Gradient,
  internalsOf,
  keptAt,
  type OptimizerVariable,
} from './variables';

/** What tfjs declares private. */
interface State {
  learningRate: number;
  decay: number;
  momentum: number;
  epsilon: number;
  centered: boolean;
  accumulatedMeanSquares: OptimizerVariable[];
  accumulatedMoments: OptimizerVariable[];
}

/** Whether the optimizer keeps no mean gradient, which the pass does not know. */
export const isPlain = (optimizer: RMSPropOptimizer) => !internalsOf<State>(optimizer).centered;

/** A step of RMSProp, one pass over each variable. */
export function rmsPropStep(optimizer: RMSPropOptimizer, gradients: Gradient[]): void {
  const state = internalsOf<State>(optimizer);
  const numbers = [state.decay, 1 - state.decay, state.momentum, state.epsilon, state.learningRate];
  gradients.forEach((pair, i) => {
    const squares = keptAt(state.accumulatedMeanSquares, i, pair, 'rms');
    const moment = keptAt(state.accumulatedMoments, i, pair, 'momentum');
    if (pair.gradient) assignUpdate('rmsProp', [pair.value, squares, moment], pair.gradient, numbers);
  });
  countStep(optimizer);
}
