/** A seeded source of random numbers: the same seed gives the same numbers on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    // Neighboring seeds would start neighboring sequences; one multiplication separates them.
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  }

  /** A source for one use among many; all of its parts identify a use, as in `Random.of(seed, 'shuffle', epoch)`. */
  static of(...parts: readonly (number | string)[]): Random {
    let hash = parts.length;
    for (const part of parts) {
      const words = typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : wordsOf(part);
      for (const word of words) hash = mixed(hash ^ word) + 0x9e3779b9;
    }
    return new Random(hash);
  }

  /** A number in [0, 1): mulberry32 (Tommy Ettinger, 2017). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** An integer in [0, end). */
  below(end: number): number {
    return Math.floor(end * this.next());
  }

  /** Puts the items in random order, in place (Fisher–Yates). */
  shuffle<T extends ArrayLike<unknown>>(items: T): T {
    // To TypeScript an ArrayLike is read-only, though arrays and typed arrays are not.
    const places = items as unknown as unknown[];
    for (let i = places.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [places[i], places[j]] = [places[j], places[i]];
    }
    return items;
  }
}

/** The low and the high 32 bits of an integer. */
function wordsOf(value: number): [number, number] {
  return [value | 0, Math.floor(value / 2 ** 32)];
}

/** MurmurHash3's finalizer (Austin Appleby): each bit of the input flips each bit of the result half of the time. */
function mixed(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
