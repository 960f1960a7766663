import type {Random} from '../core/random';

/** Draws from a list without repeating an item before all have been drawn; reshuffled each time around. */
export class Cycle {
  private readonly items: Int32Array;
  private drawn = 0;

  constructor(items: Int32Array) {
    this.items = items.slice();
  }

  next(random: Random): number {
    const {items} = this;
    if (this.drawn === items.length) this.drawn = 0;
    // One step of Fisher–Yates per draw: the rest of a long list need not be shuffled.
    const from = this.drawn + random.below(items.length - this.drawn);
    const item = items[from];
    items[from] = items[this.drawn];
    items[this.drawn++] = item;
    return item;
  }
}
