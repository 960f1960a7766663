import test from 'ava';
import {ClassFrequency} from '../../src/frequency';
import {classResults, confusedPairs, confusionMatrix} from '../../src/report/on_node';
import {classIntegers, requirePairs} from '../../src/report/sample_classes';

const classNames = ['cat', 'owl', 'yak'];
const actual = [0, 1, 2, 2, 1, 0];
const predicted = [0, 2, 2, 1, 1, 1];
const named = (classes: readonly number[]) => classes.map((j) => classNames[j]);

test('converts names to classes, and keeps integers', (t) => {
  t.is(classIntegers('actual', actual, undefined), actual);
  t.deepEqual(classIntegers('actual', named(actual), classNames), actual);
});

test('refuses unknown names, names without classNames, and mixes', (t) => {
  const refused = (classes: unknown, names: string[] | undefined, message: RegExp) =>
    t.throws(() => classIntegers('actual', classes as never, names), {name: 'ValueError', message});
  refused(
    ['cat', 'owls'],
    classNames,
    /`actual` to be one of classNames \(did you mean "owl"\?\)\. Received: "owls"/,
  );
  refused(['cat'], undefined, /`actual` to be integers without `classNames` /);
  refused(['cat', 1], classNames, /`actual` to be names throughout\. Received: 1/);
});

test('names give the same pictures and results as integers', (t) => {
  const freqInfo = new ClassFrequency({imageCounts: [600, 40, 2], numImages: 642, classNames});
  t.deepEqual(
    classResults({freqInfo, actual: named(actual), predicted: {a: named(predicted), b: actual}}),
    classResults({freqInfo, actual, predicted: {a: predicted, b: actual}}),
  );
  const [byName, byInteger] = [[named(actual), named(predicted)] as const, [actual, predicted] as const];
  t.is(confusionMatrix(...byName, {classNames}), confusionMatrix(...byInteger, {classNames}));
  const groups = ['frequent', 'common', 'rare'];
  t.is(confusionMatrix(...byName, {classNames, groups}), confusionMatrix(...byInteger, {classNames, groups}));
  t.is(confusedPairs(...byName, {classNames}), confusedPairs(...byInteger, {classNames}));
  t.throws(() => confusedPairs(['cat'], ['dog'], {classNames}), {
    message: /`predicted` to be one of classNames\. Received: "dog"/,
  });
});

test('refuses invalid classes, naming their index', (t) => {
  const refused = (classes: unknown, names: string[] | undefined, message: RegExp) =>
    t.throws(() => classIntegers('actual', classes as never, names), {name: 'ValueError', message});
  for (const classes of [undefined, null, 'cat', 3, {length: 2}]) {
    refused(classes, undefined, /`actual` to be an array of classes/);
  }
  refused([0, Number.NaN], undefined, /`actual\[1\]` to be an integer ≥ 0/);
  // A table with that many rows would not fit in memory.
  refused([2 ** 53], undefined, /`actual\[0\]`/);
  t.notThrows(() => classIntegers('actual', [0, 3], classNames));
  refused([4], classNames, /`actual\[0\]` to be an integer ≥ 0 and ≤ 3/);
});

test('requires two lists of the same length', (t) => {
  t.notThrows(() => requirePairs([0], Uint8Array.of(1)));
  t.throws(() => requirePairs(undefined, []), {
    name: 'ValueError',
    message: /`actual` to be an array of classes/,
  });
  t.throws(() => requirePairs([0], null), {message: /`predicted` to be an array of classes/});
  t.throws(() => requirePairs([0], [0, 1]), {message: /`predicted` to be as many classes .* \(1\)/});
  t.throws(() => confusionMatrix([0], [0], {classNames: 'ab'} as never), {
    message: /`classNames` to be an array/,
  });
});
