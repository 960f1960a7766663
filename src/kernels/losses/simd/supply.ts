import {allPasses} from './all_passes';
import {supplyPasses} from './passes';

/** Makes the losses run by the SIMD module from now on. */
export function supplySimd(): void {
  supplyPasses(allPasses);
}
