import test from 'ava';
import {ofProcess} from '../../src/core/of_process';

test('a value is made once, whoever requests it', (t) => {
  const first = ofProcess<object>('test.once', () => ({made: 1}));
  t.is(
    ofProcess<object>('test.once', () => t.fail()),
    first,
  );
  t.not(
    ofProcess<object>('test.another', () => ({made: 2})),
    first,
  );
});

test('undefined counts as made', (t) => {
  let made = 0;
  for (let i = 0; i < 2; ++i) ofProcess('test.undefined', () => void ++made);
  t.is(made, 1);
});

test('another copy finds it under the global symbol', (t) => {
  const map = ofProcess('test.shared', () => new Map());
  t.is(Reflect.get(globalThis, Symbol.for('tfjs-longtail.test.shared')), map);
});
