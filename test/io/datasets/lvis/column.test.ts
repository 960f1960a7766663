import test from 'ava';
import {Column} from '../../../../src/io/datasets/lvis/column';

test('holds all numbers in order', (t) => {
  const column = new Column();
  t.is(column.toArray().length, 0);
  for (let i = 0; i < 3000; ++i) column.push(i / 3);
  t.deepEqual(
    column.toArray(),
    Float64Array.from({length: 3000}, (_, i) => i / 3),
  );
});
