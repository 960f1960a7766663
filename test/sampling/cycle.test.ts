import test from 'ava';
import fc from 'fast-check';
import {Random} from '../../src/core/random';
import {Cycle} from '../../src/sampling/cycle';

test('each round draws every item once', (t) => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 30}), fc.integer(), (length, seed) => {
      const items = Int32Array.from({length}, (_, i) => 3 * i);
      const [cycle, random] = [new Cycle(items), new Random(seed)];
      for (let round = 0; round < 3; ++round) {
        const drawn = Int32Array.from({length}, () => cycle.next(random));
        if (drawn.sort().join() !== items.join()) return false;
      }
      return true;
    }),
  );
  t.pass();
});

test('rounds differ in order, and each item is first equally often', (t) => {
  const [cycle, random] = [new Cycle(Int32Array.of(0, 1, 2, 3)), new Random(2)];
  const firsts = [0, 0, 0, 0];
  for (let round = 0; round < 4000; ++round) {
    ++firsts[cycle.next(random)];
    for (let i = 0; i < 3; ++i) cycle.next(random);
  }
  for (const count of firsts) t.true(Math.abs(count - 1000) < 120, `${firsts}`);
});
