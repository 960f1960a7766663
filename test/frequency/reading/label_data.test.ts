import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {readLabelData} from '../../../src/frequency/reading/label_data';
import {classOfName} from '../../../src/labels/class_names';

tf.enableProdMode();

const classOf = classOfName(['cat', 'owl', 'yak']);

test('reads rank, values and rows of every container', (t) => {
  const read = (source: unknown) => {
    const {rank, plain, values, shape, rows} = readLabelData(source);
    return {rank, plain, values: Array.from(values), shape, rows};
  };
  t.like(read(3), {rank: 0, plain: false, values: [3]});
  t.like(read(tf.scalar(3)), {rank: 0, plain: false, values: [3]});
  t.like(read(tf.tensor1d([3, 4], 'int32')), {rank: 1, plain: false, values: [3, 4]});
  t.like(read(tf.tensor2d([[1, 2, 3]])), {rank: 2, plain: false, values: [1, 2, 3], shape: [1, 3]});
  t.like(read(Uint8Array.of(3, 4)), {rank: 1, plain: false, values: [3, 4]});
  t.like(read([3, 4]), {rank: 1, plain: true, values: [3, 4]});
  t.like(read([]), {rank: 1, plain: true, values: []});
  t.deepEqual(read([[3], [4, 5]]).rows, [[3], [4, 5]]);
  t.deepEqual(read([Int32Array.of(3)]).rows, [Int32Array.of(3)]);
});

test('prefers the downloaded values of a tensor to its own', (t) => {
  t.deepEqual(Array.from(readLabelData(tf.tensor1d([1, 2]), [3, 4]).values), [3, 4]);
});

const unreadable = {
  undefined: undefined,
  'a promise, as of an async selector': Promise.resolve(1),
  'a dict of outputs': {a: tf.scalar(1)},
  'an array of tensors': [tf.scalar(1), tf.scalar(2)],
  'arrays and numbers mixed': [[1], 2],
  'names and numbers mixed': ['cat', 1],
  'names and numbers in one row': [['cat', 1]],
  'a tensor of rank 3': tf.zeros([2, 3, 4]),
  'a DataView': new DataView(new ArrayBuffer(4)),
};
for (const [name, source] of Object.entries(unreadable)) {
  test(`rejects ${name}`, (t) => {
    t.throws(() => readLabelData(source, undefined, classOf), {
      name: 'ValueError',
      message: /the `label` option selects them/,
    });
  });
}

test('names are read as their classes, in every container', async (t) => {
  const read = (source: unknown) => {
    const {rank, plain, values, shape, rows, named} = readLabelData(source, undefined, classOf);
    return {rank, plain, values: Array.from(values), shape, rows, named};
  };
  t.like(read('owl'), {rank: 0, plain: false, values: [1], named: true});
  t.like(read(tf.scalar('owl')), {rank: 0, plain: false, values: [1], named: true});
  t.like(read(['yak', 'cat']), {rank: 1, plain: true, values: [2, 0], named: true});
  t.like(read(tf.tensor1d(['yak', 'cat'])), {rank: 1, plain: false, values: [2, 0], named: true});
  t.like(read(tf.tensor2d([['yak'], ['cat']])), {rank: 2, plain: false, values: [2, 0], shape: [2, 1]});
  t.deepEqual(read([[], ['owl', 'cat']]).rows, [[], [1, 0]]);
  t.is(read([3]).named, undefined);
  const tensor = tf.tensor1d(['owl']);
  t.deepEqual(readLabelData(tensor, await tensor.data<'string'>(), classOf).values, [1]);
});

test('names need the names of the classes, and an unknown one is reported with the nearest', (t) => {
  for (const source of ['cat', ['cat'], [['cat']], tf.tensor1d(['cat'])]) {
    t.throws(() => readLabelData(source), {
      name: 'ValueError',
      message: /`labels` to be numbers without `classNames` \(labelsToIndices/,
    });
  }
  t.throws(() => readLabelData(['cat', 'yack'], undefined, classOf), {
    name: 'ValueError',
    message: 'Expected `labels` to be one of classNames (did you mean "yak"?). Received: "yack"',
  });
});
