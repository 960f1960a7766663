import test from 'ava';
import {adjustedTable} from '../../../src/losses/base/adjusted_table';

test('weights are relative to the largest, and the own class loses its margin', (t) => {
  const [scale, margin, bias] = [Float64Array.of(2, 3), Float64Array.of(0.5, 1), Float64Array.of(1, -1)];
  const columns = adjustedTable({scale, margin, bias})?.columns ?? [];
  t.deepEqual(
    columns.map((column) => column && [column.as, ...column.values]),
    [['float32', 1, Math.exp(-2)], ['scales', 2, 3], ['float64', 2, 3], ['float64', -1, -5], null],
  );
});

test('missing adjustments are absent', (t) => {
  t.deepEqual(adjustedTable({})?.columns, [null, null, null, null, null]);
  const [, scales, , offset] = adjustedTable({margin: Float64Array.of(1, 2)})?.columns ?? [];
  t.is(scales, null);
  t.deepEqual(offset?.values, Float64Array.of(-1, -2));
});

test('biases too far apart, or infinite, are left to the row formula', (t) => {
  t.not(adjustedTable({bias: Float64Array.of(0, -79)}), null);
  t.is(adjustedTable({bias: Float64Array.of(0, -81)}), null);
  t.is(adjustedTable({bias: Float64Array.of(0, Number.NEGATIVE_INFINITY)}), null);
});
