import {reject} from '../core/errors';

/** @throws ValueError where no class occurs: a logarithmic axis has no place for any. */
export function requireOccurring(amounts: ArrayLike<number>): void {
  if (!Array.from(amounts).some((amount) => amount > 0)) {
    reject('freqInfo', 'about at least one class that has an image', amounts);
  }
}
