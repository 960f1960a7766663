import {reject} from '../core/errors';

/** @throws ValueError if no class occurs, as a logarithmic axis cannot show 0. */
export function requireOccurring(amounts: ArrayLike<number>): void {
  if (!Array.from(amounts).some((amount) => amount > 0)) {
    reject('freqInfo', 'about at least one class that has an image', amounts);
  }
}
