import test from 'ava';
import fc from 'fast-check';
import {connectedComponents} from '../../../../models/detection/data/components';

test('boxes, areas and highest levels of what touches, corners included', (t) => {
  const picture = ['##..#', '#..#.', '.....', '...##'];
  const levels = Float32Array.from(picture.join(''), (c) => Number(c === '#'));
  levels[1] = 2;
  const found = connectedComponents(levels, 4, 5, 1);
  t.deepEqual(found, [
    {box: [0, 0, 2, 2], area: 3, highest: 2},
    {box: [0, 3, 2, 5], area: 2, highest: 1},
    {box: [3, 3, 4, 5], area: 2, highest: 1},
  ]);
});

test('every pixel of ink is in one component, and no two of them touch', (t) => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), {minLength: 48, maxLength: 48}), (ink) => {
      const [height, width] = [6, 8];
      const found = connectedComponents(Float32Array.from(ink, Number), height, width, 0.5);
      t.is(
        found.reduce((sum, {area}) => sum + area, 0),
        ink.filter(Boolean).length,
      );
      // Union-find over neighbors counts them another way.
      const root = ink.map((_, i) => i);
      const find = (i: number): number => (root[i] === i ? i : find(root[i]));
      ink.forEach((isInk, a) => {
        ink.forEach((other, b) => {
          const near =
            Math.abs((a % width) - (b % width)) <= 1 &&
            Math.abs(Math.floor(a / width) - Math.floor(b / width)) <= 1;
          if (isInk && other && near) root[find(a)] = find(b);
        });
      });
      t.is(found.length, ink.filter((isInk, i) => isInk && find(i) === i).length);
    }),
  );
});
