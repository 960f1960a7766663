import test from 'ava';
import fc from 'fast-check';
import {groupRows, sortDescending} from '../../../src/detection/evaluation/ordering';

test('sorts by descending key and keeps the order of equal keys', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({min: 0, max: 9}), {maxLength: 100}), (values) => {
      const keys = Float64Array.from(values);
      const rows = Int32Array.from(values, (_, i) => i);
      sortDescending(rows, keys, new Int32Array(rows.length));
      t.deepEqual(
        [...rows],
        values.map((_, i) => i).sort((a, b) => values[b] - values[a]),
      );
    }),
  );
});

test('sorts a part and leaves the rest', (t) => {
  const keys = Float64Array.from({length: 60}, (_, i) => (i * 7) % 10);
  const rows = Int32Array.from(keys, (_, i) => i);
  sortDescending(rows, keys, new Int32Array(60), 20, 50);
  const sorted = [...keys.keys()].slice(20, 50).sort((a, b) => keys[b] - keys[a]);
  t.deepEqual(
    [...rows],
    [...keys.keys()].map((i) => (i < 20 || i >= 50 ? i : sorted[i - 20])),
  );
});

test('groups rows and keeps their order', (t) => {
  const {rows, starts} = groupRows(Int32Array.of(4, 0, 1, 3), Int32Array.of(2, 0, 0, 2, 0), 4);
  t.deepEqual([...rows], [4, 1, 0, 3]);
  t.deepEqual([...starts], [0, 2, 2, 4, 4]);
});
