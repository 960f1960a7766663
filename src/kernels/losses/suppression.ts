import {type Draws, isDrawn} from './draws';

/** How classes are spared: a foreground row keeps 1 − β · T_λ(f_j) of class j's negatives. */
export interface Suppression {
  /** T_λ(f_j) of each class, in 0 … 1; the same array as long as its values are the same. */
  tail: Float64Array;
  /** β: one number for all elements, or drawn as 0 or 1 for each. */
  beta: number | Draws;
}

/** Parameters of the sigmoid family. */
export interface SigmoidParameters extends Suppression {
  /** Whether predictions are logits or probabilities. */
  fromLogits: boolean;
}

let zeros = new Float64Array(0);

/** Spares no class. Returns the same array for the same C, so that kernels need not inspect it again. */
export function noSuppression(classes: number): Suppression {
  if (zeros.length !== classes) zeros = new Float64Array(classes);
  return {tail: zeros, beta: 0};
}

/** β of element i = r · C + j. */
export function betaAt(beta: number | Draws, i: number): number {
  return typeof beta === 'number' ? beta : Number(isDrawn(beta, i));
}
