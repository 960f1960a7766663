import test from 'ava';
import fc from 'fast-check';
import {endOfNumbers} from '../../../src/io/json/number_arrays';

test('finds the end of arrays of numbers, wherever they are', (t) => {
  const {numbers} = fc.letrec<{numbers: unknown[]}>((tie) => ({
    numbers: fc.array(
      fc.oneof(
        {maxDepth: 4},
        fc.double({noDefaultInfinity: true, noNaN: true}),
        fc.integer(),
        tie('numbers'),
      ),
    ),
  }));
  fc.assert(
    fc.property(
      numbers,
      fc.constantFrom(undefined, 1, '\t'),
      fc.string(),
      fc.string(),
      (value, space, before, after) => {
        const start = Buffer.from(before);
        const text = Buffer.from(JSON.stringify(value, null, space));
        const end = endOfNumbers(Buffer.concat([start, text, Buffer.from(after)]), start.length);
        t.is(end, start.length + text.length);
      },
    ),
  );
});

test('arrays it accepts are JSON, and those it refuses hold something else', (t) => {
  const letters = fc.constantFrom(...'[],,01-.eE+ 5"t');
  let found = 0;
  fc.assert(
    fc.property(fc.array(letters, {maxLength: 9}), (parts) => {
      const text = `[${parts.join('')}]`;
      const end = endOfNumbers(Buffer.from(text), 0);
      if (end > 0) {
        t.notThrows(() => JSON.parse(text.slice(0, end)), text);
        found++;
        return;
      }
      let parsed: unknown;
      try {
        parsed = JSON.parse(text);
      } catch {
        return;
      }
      t.true(/[a-df-z"]/i.test(JSON.stringify(parsed)), text);
    }),
    {numRuns: 3000},
  );
  t.true(found > 200, `${found}`);
});

test('finds no end of an array that continues beyond the bytes', (t) => {
  t.is(endOfNumbers(Buffer.from('[[1, 2], [3'), 0), -1);
  t.is(endOfNumbers(Buffer.from('[[1, 2], [3]'), 0), -1);
});
