import test from 'ava';
import fc from 'fast-check';
import {findJsonError} from '../../../src/io/json/json_error';

test('a JSON value has no error', (t) => {
  const texts = fc
    .tuple(fc.jsonValue(), fc.constantFrom(undefined, 2))
    .map(([value, space]) => JSON.stringify(value, null, space));
  fc.assert(fc.property(texts, (text) => t.is(findJsonError(Buffer.from(text)), undefined)));
});

test('finds the first byte that cannot follow', (t) => {
  const cases: [string, number][] = [
    ['', 0],
    ['  ', 2],
    ['[1,]', 3],
    ['[,', 1],
    ['{"a":1,}', 7],
    ['{a', 1],
    ['{"a"]', 4],
    ['{"a":[}', 6],
    ['[01]', 2],
    ['[-]', 2],
    ['[1.]', 3],
    ['[1e+x', 4],
    ['[+1]', 1],
    ['[.5]', 1],
    ['[1.e5]', 3],
    ['[-.5]', 2],
    ['["\\x"]', 3],
    ['["\\u12g4"]', 6],
    ['["\t"]', 2],
    ['tRue', 1],
    ['nul', 3],
    ['1 2', 2],
    ['"abc', 4],
    ['"\\', 2],
    ['"\\u00', 5],
    ['NaN', 0],
    ['[[[', 3],
  ];
  for (const [text, offset] of cases) t.is(findJsonError(Buffer.from(text)), offset, text);
});

test('finds an error exactly if JSON.parse refuses; the text before it can be continued', (t) => {
  const letters = fc.constantFrom(...'{}[]",:\\ 01-.eE+tnu');
  fc.assert(
    fc.property(fc.array(letters, {maxLength: 12}), (parts) => {
      const text = parts.join('');
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      t.is(findJsonError(Buffer.from(text)) === undefined, isJson, text);
    }),
    {numRuns: 2000},
  );
});
