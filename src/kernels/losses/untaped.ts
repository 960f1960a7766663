import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/** Runs `compute` off the tape: its result is a constant to any gradient being taken. */
export function untaped<T extends Tensor>(compute: () => T): T {
  const op = tfc.customGrad(() => ({value: compute(), gradFunc: () => []}));
  return op() as T;
}
