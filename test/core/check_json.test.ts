import test from 'ava';
import fc from 'fast-check';
import {checkJson} from '../../src/core/check_json';

test('accepts what survives JSON', (t) => {
  fc.assert(fc.property(fc.jsonValue(), (value) => t.notThrows(() => checkJson(value, 'config'))));
  t.notThrows(() => checkJson({absent: undefined}, 'config'));
});

test('names the path of a value that JSON would lose or change', (t) => {
  for (const value of [Number.NaN, -Infinity, () => 0, new Float32Array(2), new Map(), new Date(), 1n]) {
    t.throws(() => checkJson({a: [0, {b: value}]}, 'config'), {
      name: 'ValueError',
      message: /`config\.a\[1\]\.b`/,
    });
  }
});

test('names the path of a cycle, and accepts a value that occurs in two places', (t) => {
  const object: Record<string, unknown> = {};
  const array = [0, {object}];
  object.array = array;
  for (const [value, path] of [
    [object, 'array\\[1\\]\\.object'],
    [array, '\\[1\\]\\.object\\.array'],
  ] as const) {
    t.throws(() => checkJson(value, 'config'), {
      name: 'ValueError',
      message: new RegExp(`config\\.?${path}\` to be plain JSON`),
    });
  }
  const twice = {a: 1};
  t.notThrows(() => checkJson({b: twice, c: [twice, twice]}, 'config'));
});
