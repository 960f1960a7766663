import test from 'ava';
import {reject, show, ValueError} from '../../src/core/errors';

test('reject names the argument, the expectation and the received value', (t) => {
  const error = t.throws(() => reject('lambda', 'a finite number ≥ 0', -1));
  t.true(error instanceof ValueError && error instanceof Error);
  t.is(error?.name, 'ValueError');
  t.is(error?.message, 'Expected `lambda` to be a finite number ≥ 0. Received: -1');
});

test('show distinguishes values that look alike', (t) => {
  const cases: Array<[unknown, string]> = [
    ['1', '"1"'],
    [1, '1'],
    [1n, '1'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Number.NaN, 'NaN'],
    [true, 'true'],
    [Symbol('s'), 'Symbol(s)'],
    [function named() {}, 'function named'],
    [() => {}, 'function (anonymous)'],
    [[], '[]'],
    [['a', [1]], '["a", [1]]'],
    [{}, '{}'],
    [{lambda: 1, gamma: 2}, '{lambda, gamma}'],
    [new Date(0), 'an instance of Date'],
    [Object.create(null), 'an instance of object'],
    [{shape: [2, 3]}, 'tensor of shape [2, 3]'],
  ];
  for (const [value, picture] of cases) t.is(show(value), picture);
});

test('show shortens long arrays, typed ones as well', (t) => {
  t.is(show([1, 2, 3, 4, 5]), '[1, 2, 3, 4, 5]');
  t.is(show([1, 2, 3, 4, 5, 6]), '[1, 2, 3, 4, 5, … 6 in all]');
  t.is(show(Float32Array.of(0.5, 1)), '[0.5, 1]');
  t.is(show(new Float64Array(1230)), '[0, 0, 0, 0, 0, … 1230 in all]');
});

test('messages are bounded, whatever is received', (t) => {
  const error = t.throws(() => reject('path', 'short', 'x'.repeat(5e6)), {instanceOf: ValueError});
  t.is(error?.message.length, 1000);
  t.true(error?.message.startsWith('Expected `path` to be short. Received: "xxx'));
  t.is(new ValueError('x'.repeat(1000)).message.length, 1000);
  t.is(new ValueError('short', {cause: 1}).cause, 1);
});

test('show accepts whatever a file may hold', (t) => {
  t.is(show({shape: [{toString: 1}]}), 'tensor of shape [{toString}]');
  t.is(show({constructor: {name: {toString: 1}}}), '{constructor}');
  t.is(show({constructor: null}), 'an instance of object');
  t.is(show([[[[[[]]]]]]), '[[[[[…]]]]]');
  const cyclic: unknown[] = [];
  cyclic.push(cyclic, {shape: cyclic});
  t.true(show(cyclic).length < 1000);
});
