import fc from 'fast-check';
import {type Draws, isDrawn} from '../../src/kernels/losses/draws';

const word = fc.integer({min: 0, max: 2 ** 32 - 1});

/** Draws of any kind. */
export const anyDraws: fc.Arbitrary<Draws> = fc.record({key: fc.tuple(word, word), threshold: word});

/** Draws of which the first are these, 0 or 1: for a few of them, some key is soon found. */
export function drawing(...bits: number[]): Draws {
  for (let key = 0; ; ++key) {
    const draws: Draws = {key: [key, 0], threshold: 2 ** 31};
    if (bits.every((bit, i) => isDrawn(draws, i) === (bit === 1))) return draws;
  }
}
