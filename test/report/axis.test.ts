import test from 'ava';
import fc from 'fast-check';
import {count, decades, decadesWithin} from '../../src/report/axis';

test('property: decades are all the powers of ten within half a step of the range', (t) => {
  fc.assert(
    fc.property(fc.integer({min: -6, max: 3}), fc.integer({min: 0, max: 6}), (first, more) => {
      const expected = Array.from({length: more + 1}, (_, i) => 10 ** (first + i));
      t.deepEqual(decades(10 ** first, 10 ** (first + more)), expected);
      t.deepEqual(decades(0.8 * 10 ** first, 1.2 * 10 ** (first + more)), expected);
      t.deepEqual(decades(2 * 10 ** first, 5 * 10 ** (first + more)), expected.slice(1));
    }),
  );
});

test("property: keeps exactly the decades in the axis's domain", (t) => {
  fc.assert(
    fc.property(
      fc.double({min: 1e-6, max: 1e3, noNaN: true}),
      fc.double({min: 2, max: 1e6, noNaN: true}),
      (low, more) => {
        const high = low * more;
        const expected = [...Array(20).keys()].map((i) => 10 ** (i - 7)).filter((x) => x >= low && x <= high);
        t.deepEqual(decadesWithin([low, high]), expected);
      },
    ),
  );
});

test('formats numbers for people', (t) => {
  const numbers = [0, 1, 10_000, 0.5, 0.001, 1e-4, 9.17e-4, 1e-12];
  t.deepEqual(numbers.map(count), ['0', '1', '10,000', '0.5', '0.001', '10⁻⁴', '9.17·10⁻⁴', '10⁻¹²']);
});
