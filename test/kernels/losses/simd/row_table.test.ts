import test from 'ava';
import {
  type RowTable,
  readSums,
  tableBytes,
  wholeVectors,
  writeTable,
} from '../../../../src/kernels/losses/simd/row_table';

const values = Float64Array.of(1 / 3, -2.7, 1e-3, 30, 5);
const AT = 16;

function written(table: RowTable): ArrayBuffer {
  const buffer = new ArrayBuffer(AT + tableBytes(table));
  writeTable(table, buffer, AT);
  return buffer;
}

test('columns lie at their offsets, in whole vectors of float32 and in float64', (t) => {
  const buffer = written({
    formula: 'seesaw',
    columns: [{as: 'float64', values}, null, {as: 'float32', values}],
    numbers: [2, 0.5],
    rowWeights: Float64Array.of(7, 8),
  });
  const offsets = new Int32Array(buffer, AT, 8);
  t.deepEqual([...offsets.subarray(0, 2)], [80, 0]);
  t.deepEqual([...new Float64Array(buffer, AT + 32, 6)], [2, 0.5, 0, 0, 0, 0]);
  t.deepEqual([...new Float64Array(buffer, AT + offsets[0], 5)], [...values]);
  t.deepEqual([...new Float32Array(buffer, AT + offsets[2], 8)], [...Float32Array.from(values), 0, 0, 0]);
  t.deepEqual([...new Float32Array(buffer, AT + offsets[7], 4)], [7, 8, 0, 0]);
});

test('scales come in two parts with more digits than float32, and pad with 1', (t) => {
  const buffer = written({formula: 'adjusted', columns: [{as: 'scales', values}]});
  const [offset] = new Int32Array(buffer, AT, 1);
  const [whole, upper, lower] = [0, 1, 2].map((i) => new Float32Array(buffer, AT + offset + 32 * i, 8));
  t.deepEqual([...whole], [...Float32Array.from(values), 1, 1, 1]);
  values.forEach((value, j) => {
    t.true(Math.abs(upper[j] + lower[j] - value) <= 2 ** -36 * Math.abs(value));
    // A product with as few digits is exact in float32.
    t.is(Math.fround(upper[j] * 0xfff), upper[j] * 0xfff);
  });
});

test('only sums are read back', (t) => {
  const [sums, others] = [Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)];
  const table: RowTable = {
    formula: 'weighted',
    columns: [
      {as: 'float64', values: others},
      {as: 'sums', values: sums},
    ],
  };
  const buffer = written(table);
  const offsets = new Int32Array(buffer, AT, 2);
  for (const offset of offsets) new Float64Array(buffer, AT + offset, 3).fill(9);
  readSums(table, buffer, AT);
  t.deepEqual(
    [[...sums], [...others]],
    [
      [9, 9, 9],
      [4, 5, 6],
    ],
  );
});

test('whole vectors hold four', (t) => {
  t.deepEqual([1, 4, 5].map(wholeVectors), [4, 4, 8]);
});
