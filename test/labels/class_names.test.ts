import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {labelsToIndices} from '../../src';
import {classOfName, distinctNames} from '../../src/labels/class_names';

const classNames = ['cat', 'owl', 'yak'];

test('names become their indices, in arrays and in string tensors of any shape', (t) => {
  t.deepEqual(labelsToIndices(['yak', 'cat', 'yak'], classNames), Int32Array.of(2, 0, 2));
  t.deepEqual(labelsToIndices([], classNames), Int32Array.of());
  const tensor = tf.tensor2d([['owl'], ['cat']]);
  t.deepEqual(labelsToIndices(tensor, classNames), Int32Array.of(1, 0));
  t.false(tensor.isDisposed);
  t.deepEqual(labelsToIndices(['background'], [...classNames, 'background']), Int32Array.of(3));
  t.deepEqual(labelsToIndices(['Ⅷ', 'naïve'], ['naïve', 'Ⅷ']), Int32Array.of(1, 0));
  t.deepEqual(labelsToIndices(tf.tensor1d(['Ⅷ']), ['naïve', 'Ⅷ']), Int32Array.of(1));
});

test('an unknown name is reported, with the nearest one if one is near', (t) => {
  const message = (name: string) => t.throws(() => labelsToIndices(['cat', name], classNames))?.message;
  const unknown = (name: string, hint = '') =>
    `Expected \`labels\` to be one of classNames${hint}. Received: "${name}"`;
  t.is(message('Cat'), unknown('Cat', ' (did you mean "cat"?)'));
  t.is(message('yack'), unknown('yack', ' (did you mean "yak"?)'));
  t.is(message('elephant'), unknown('elephant'));
  // No property of objects is a class.
  t.is(message('constructor'), unknown('constructor'));
  t.throws(() => classOfName(classNames, 'class')('owls'), {
    name: 'ValueError',
    message: /`class` to be one of classNames \(did you mean "owl"\?\)\. Received: "owls"/,
  });
});

test('a name shared by two classes is reported', (t) => {
  t.deepEqual(distinctNames(['a', 'A', 'a ']), ['a', 'A', 'a ']);
  const message = (names: unknown, ...more: string[]) =>
    t.throws(() => distinctNames(names, ...more), {name: 'ValueError'}).message;
  t.is(
    message(['owl', 'cat', 'yak', 'cat', 'owl']),
    'Expected `classNames` to be an array of strings without repetition. Received: "cat" twice',
  );
  t.is(message(['a', 'a'], 'names', 'labels'), 'Expected `labels` to be names. Received: "a" twice');
  t.is(message([], 'names'), 'Expected `classNames` to be names. Received: []');
  t.is(message('aa', 'names'), 'Expected `classNames` to be names. Received: "aa"');
});

test('rejects anything but names', (t) => {
  const refused = (labels: unknown, names: unknown, message: RegExp) =>
    t.throws(() => labelsToIndices(labels as never, names as never), {name: 'ValueError', message});
  for (const labels of [['cat', 1], 'cat', tf.tensor1d([1]), {0: 'cat'}, undefined]) {
    refused(labels, classNames, /`labels` to be an array or tensor of names\. Received: /);
  }
  for (const names of [undefined, [], 'cat', ['cat', 1], ['cat', 'cat']]) {
    refused(['cat'], names, /`classNames` to be an array of strings without repetition\. Received: /);
  }
  // Of one class 0 would mean negative.
  refused(['cat'], ['cat'], /`classNames` to be the names of two classes or more/);
});
