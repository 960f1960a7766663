import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {readLabelData} from '../../../src/frequency/reading/label_data';

tf.enableProdMode();

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

test('takes the downloaded values of a tensor instead of its own', (t) => {
  t.deepEqual(Array.from(readLabelData(tf.tensor1d([1, 2]), [3, 4]).values), [3, 4]);
});

const unreadable = {
  'a string': 'cat',
  undefined: undefined,
  'a promise, as of an async selector': Promise.resolve(1),
  'a dict of outputs': {a: tf.scalar(1)},
  'an array of tensors': [tf.scalar(1), tf.scalar(2)],
  'arrays and numbers mixed': [[1], 2],
  strings: ['cat'],
  'a string tensor': tf.tensor1d(['cat']),
  'a tensor of rank 3': tf.zeros([2, 3, 4]),
  'a DataView': new DataView(new ArrayBuffer(4)),
};
for (const [name, source] of Object.entries(unreadable)) {
  test(`rejects ${name}`, (t) => {
    t.throws(() => readLabelData(source), {name: 'ValueError', message: /the `label` option selects them/});
  });
}
