import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ImageClasses} from '../../src/sampling/image_classes';

const listed = (classes: ImageClasses) =>
  Array.from({length: classes.numImages}, (_, i) => [...classes.of(i)]);

test('every form of labels gives the same classes', (t) => {
  const expected = [[0], [2], [], [0]];
  const read = (labels: unknown, numClasses?: number) =>
    listed(new ImageClasses(labels, {length: 4, numClasses}));
  t.deepEqual(read([0, 2, 3, 0], 3), expected);
  t.deepEqual(read(Uint8Array.of(0, 2, 3, 0), 3), expected);
  t.deepEqual(read(tf.tensor1d([0, 2, 3, 0], 'int32'), 3), expected);
  t.deepEqual(read({data: Int32Array.of(0, 2, 3, 0), shape: [4, 1]}, 3), expected);
  const hot = [1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0];
  t.deepEqual(read({data: Float32Array.from(hot), shape: [4, 3]}), expected);
  t.deepEqual(read(tf.tensor(hot, [4, 3])), expected);
  t.deepEqual(
    read({data: Uint8Array.of(1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0), shape: [4, 4]}, 3),
    expected,
  );
  t.deepEqual(read([[0], [2], [], [0, 0]], 3), expected);
});

test('an image may hold several classes, and is listed under each', (t) => {
  const classes = new ImageClasses([[2, 0, 2], [], [1], [0]], {length: 4, numClasses: 4});
  t.deepEqual(listed(classes), [[2, 0], [], [1], [0]]);
  t.deepEqual(
    classes.images.map((images) => [...images]),
    [[0, 3], [2], [0], [], [1]],
  );
});

test('without `numClasses` it is the largest integer + 1, or the width of the rows', (t) => {
  t.is(new ImageClasses([0, 4, 1], {length: 3}).numClasses, 5);
  t.is(new ImageClasses([0, 1], {length: 2}).numClasses, 2);
  t.is(new ImageClasses([0, 0], {length: 2}).numClasses, 2);
  t.is(new ImageClasses({data: new Float32Array(6), shape: [2, 3]}, {length: 2}).numClasses, 3);
});

test('with one class, 1 is that class and 0 is none', (t) => {
  const expected = [[0], [], [0]];
  t.deepEqual(listed(new ImageClasses([1, 0, 1], {length: 3, numClasses: 1})), expected);
});

for (const [what, labels, options, message] of [
  ['of another number of images', [0, 1], {length: 3}, /`labels` to be those of 3 images/],
  [
    'out of range',
    [0, 5],
    {length: 2, numClasses: 3},
    /integers from 0 to 2, or 3 for background\. Received: 5/,
  ],
  [
    'that are no integers',
    [0, 0.5],
    {length: 2},
    /integers from 0 to 1, or 2 for background\. Received: 0\.5/,
  ],
  ['that are NaN', [0, Number.NaN], {length: 2}, /integers from 0 .* Received: NaN/],
  ['that are negative', [0, -1], {length: 2}, /integers from 0 .* Received: -1/],
  ['that are soft', tf.tensor2d([[0.5, 0.5, 0]]), {length: 1}, /soft labels cannot be counted/],
  ['in lists without `numClasses`', [[0], [1, 2]], {length: 2}, /`numClasses` to be given/],
  [
    'of more than two dimensions',
    {data: new Float32Array(8), shape: [2, 2, 2]},
    {length: 2},
    /of shape \[n\]/,
  ],
  ['that are strings', ['a', 'b'], {length: 2}, /`labels` to be/],
] as const) {
  test(`refuses labels ${what}`, (t) => {
    t.throws(() => new ImageClasses(labels, options), {name: 'ValueError', message});
  });
}
