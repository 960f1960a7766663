import type {Random} from '../core/random';
import {Cycle} from './cycle';
import type {ImageClasses} from './image_classes';

/**
 * Draws images class first: class j with p_j = n_j^q / Σ_k n_k^q, then one of its n_j images (Kang et al., arXiv
 * 1910.09217, eq. 1). Images without a class (background) count as one more class; classes without images are never
 * drawn.
 */
export class ClassDraws {
  /** Σ_{k ≤ j} p_k of the classes with images. */
  private readonly sums: number[] = [];
  private readonly cycles: Cycle[] = [];

  constructor(classes: ImageClasses, q: number) {
    let sum = 0;
    for (const images of classes.images) {
      if (images.length === 0) continue;
      sum += images.length ** q;
      this.sums.push(sum);
      this.cycles.push(new Cycle(images));
    }
  }

  next(random: Random): number {
    const {sums, cycles} = this;
    const place = random.next() * sums[sums.length - 1];
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (place < sums[middle]) high = middle;
      else low = middle + 1;
    }
    return cycles[low].next(random);
  }
}
