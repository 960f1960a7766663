import test from 'ava';
import {compare, shrink} from './compare';
import type {SpecResults} from './setting';

const results = (passed: string[], failed: Record<string, string>): SpecResults => ({passed, failed});

test('known failures are no complaint', (t) => {
  const run = results(['a'], {b: 'off', c: 'throws'});
  t.deepEqual(compare(run, run, ['b', 'c']), []);
});

test('a failure that is not listed is one', (t) => {
  const run = results(['a'], {b: 'off', c: 'throws'});
  t.deepEqual(compare(run, run, ['b']), [{spec: 'c', reason: 'throws'}]);
});

test('a failure that TensorFlow.js alone does not have is one, listed or not', (t) => {
  const [ours, stock] = [results([], {a: 'off', b: 'off'}), results(['a', 'b'], {})];
  const reason = "passes without this package's kernels: off";
  t.deepEqual(compare(ours, stock, ['a']), [
    {spec: 'a', reason},
    {spec: 'b', reason},
  ]);
});

test('a listed spec that passes, or is gone, is one', (t) => {
  const run = results(['a'], {});
  const reason = 'is listed, but does not fail: npm run test:specs -- --shrink';
  t.deepEqual(compare(run, run, ['a', 'gone']), [
    {spec: 'a', reason},
    {spec: 'gone', reason},
  ]);
});

test('the list loses what does not fail any more, and gains nothing', (t) => {
  t.deepEqual(shrink(['a', 'b', 'c'], results(['b'], {c: 'off', d: 'off', a: 'off'})), ['a', 'c']);
});
