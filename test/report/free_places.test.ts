import test from 'ava';
import fc from 'fast-check';
import {type Box, freePlaces} from '../../src/report/free_places';

const at = (x: number, y: number): Box => ({x, y, width: 6, height: 9});

test('a label takes its first place not covered by an obstacle or an earlier label', (t) => {
  const above = at(0, 0);
  const below = at(0, 20);
  const obstacle = {x: 2, y: 22, width: 8, height: 8};
  t.deepEqual(freePlaces([[above, below]], []), [above]);
  t.deepEqual(freePlaces([[below, above]], [obstacle]), [above]);
  t.deepEqual(freePlaces([[above], [above, below], [below, above]], []), [above, below, null]);
  t.deepEqual(freePlaces([[]], []), [null]);
});

test('touching boxes do not overlap', (t) => {
  t.deepEqual(freePlaces([[at(0, 0)], [at(6, 0)], [at(0, 9)], [at(5.9, 0)]], []), [
    at(0, 0),
    at(6, 0),
    at(0, 9),
    null,
  ]);
});

// Counts the grid points that two boxes share, independently of the formula under test.
function share(a: Box, b: Box): boolean {
  for (let x = 0.5; x < 60; ++x) {
    for (let y = 0.5; y < 60; ++y) {
      const inside = (box: Box) =>
        x > box.x - box.width / 2 &&
        x < box.x + box.width / 2 &&
        y > box.y - box.height / 2 &&
        y < box.y + box.height / 2;
      if (inside(a) && inside(b)) return true;
    }
  }
  return false;
}

test('placed labels cover nothing, and the others had no free place', (t) => {
  const even = (most: number) => fc.integer({min: 1, max: most}).map((n) => 2 * n);
  const box = fc.record({
    x: fc.integer({min: 10, max: 50}),
    y: fc.integer({min: 10, max: 50}),
    width: even(8),
    height: even(8),
  });
  const places = fc.array(box, {maxLength: 4});
  fc.assert(
    fc.property(fc.array(places, {maxLength: 8}), fc.array(box, {maxLength: 4}), (labels, obstacles) => {
      const taken = [...obstacles];
      freePlaces(labels, obstacles).forEach((place, i) => {
        const covers = (candidate: Box) => taken.some((other) => share(candidate, other));
        const wanted = labels[i].find((candidate) => !covers(candidate)) ?? null;
        t.is(place, wanted);
        if (place) taken.push(place);
      });
    }),
    {numRuns: 50},
  );
});
