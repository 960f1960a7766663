import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/** What `compute` gives, as a constant to any gradient being taken: none of its ops is on the tape. */
export function untaped<T extends Tensor>(compute: () => T): T {
  const op = tfc.customGrad(() => ({value: compute(), gradFunc: () => []}));
  return op() as T;
}
