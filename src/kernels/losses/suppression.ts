import {type Draws, isDrawn} from './draws';

/** What spares a class in a foreground row: 1 − β · T_λ(f_j) of its negatives is left. */
export interface Suppression {
  /** T_λ(f_j) of each class, in 0 … 1; the same array for as long as it holds the same. */
  tail: Float64Array;
  /** β: one number for all, or drawn as 0 or 1 for each element. */
  beta: number | Draws;
}

/** What the sigmoid family depends on. */
export interface SigmoidParameters extends Suppression {
  /** Whether predictions are logits or probabilities. */
  fromLogits: boolean;
}

/** β of element i = r · C + j. */
export function betaAt(beta: number | Draws, i: number): number {
  return typeof beta === 'number' ? beta : Number(isDrawn(beta, i));
}
