import test from 'ava';
import fc from 'fast-check';
import {checkShares, type Split, splitOfName, stratifiedSplit} from '../../../src/io/datasets/splits';

test('recognizes the usual names of splits', (t) => {
  for (const [name, split] of Object.entries({
    Train: 'train',
    training: 'train',
    VAL: 'validation',
    test: 'test',
  })) {
    t.is(splitOfName(name), split as Split);
  }
  for (const other of ['cats', 'toString', '__proto__', '']) t.is(splitOfName(other), undefined);
});

test('shares default to 0', (t) => {
  t.deepEqual(checkShares(undefined), {validation: 0, test: 0});
  t.deepEqual(checkShares({test: 0.25}), {validation: 0, test: 0.25});
  t.deepEqual(checkShares({validation: 0.5, test: 0.25}), {validation: 0.5, test: 0.25});
});

test('refuses invalid shares, naming them', (t) => {
  const cases: [unknown, RegExp][] = [
    [0.2, /`split` to be \{validation, test\}. Received: 0\.2/],
    [null, /`split` .* Received: null/],
    ['test', /`split` .* Received: "test"/],
    [{tests: 0.2}, /`split` to be \{validation, test\}/],
    [{validation: -0.1}, /`split\.validation` .* Received: -0\.1/],
    [{test: 1.5}, /`split\.test` .* Received: 1\.5/],
    [{validation: 0.5, test: 0.5}, /less than 1. Received: .*0\.5 \+ 0\.5/],
  ];
  for (const [shares, message] of cases) {
    t.throws(() => checkShares(shares as never), {name: 'ValueError', message}, JSON.stringify(shares));
  }
});

test('property: each class gives its share and keeps a training image; with three images or more it is in every part', (t) => {
  const batches = fc.record({
    sizes: fc.array(fc.integer({min: 0, max: 12}), {minLength: 1, maxLength: 4}),
    shares: fc.constantFrom(
      {validation: 0.2, test: 0.2},
      {validation: 0, test: 0.3},
      {validation: 0.5, test: 0.1},
    ),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(batches, ({sizes, shares, seed}) => {
      const labels = Int32Array.from(sizes.flatMap((size, j) => Array<number>(size).fill(j)));
      const splits = stratifiedSplit(labels, sizes.length, shares, seed);
      t.is(splits.length, labels.length);
      for (const [j, size] of sizes.entries()) {
        const count = (split: Split) => splits.filter((of, i) => of === split && labels[i] === j).length;
        t.is(count('train') + count('validation') + count('test'), size);
        t.true(size === 0 || count('train') >= 1);
        for (const split of ['validation', 'test'] as const) {
          if (shares[split] === 0) t.is(count(split), 0);
          else if (size >= 3) t.true(count(split) >= 1 && Math.abs(count(split) - shares[split] * size) <= 1);
        }
        if (size === 2) t.is(count('test'), 1);
      }
    }),
  );
  const labels = new Int32Array(40);
  const once = stratifiedSplit(labels, 1, {validation: 0.25, test: 0.25}, 7);
  t.deepEqual(stratifiedSplit(labels, 1, {validation: 0.25, test: 0.25}, 7), once);
  t.notDeepEqual(stratifiedSplit(labels, 1, {validation: 0.25, test: 0.25}, 8), once);
});
