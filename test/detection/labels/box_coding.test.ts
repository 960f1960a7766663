import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {decodeBoxes} from '../../../src/detection';
import {useBackend} from '../../helpers/backends';

test.before(() => useBackend('cpu'));

test('outputs of 0 decode to the proposals, large ones stay finite', (t) => {
  const proposals = [
    [10, 20, 30, 60],
    [0, 0, 2, 2],
  ];
  t.deepEqual(decodeBoxes(tf.zeros([2, 4]), proposals).arraySync(), proposals);
  const [[y1, x1, y2, x2]] = decodeBoxes(tf.tensor2d([[0, 0, 1e4, 5 * Math.log(2)]]), [
    [0, 0, 2, 2],
  ]).arraySync();
  t.true(Math.abs(y2 - y1 - 125) < 1e-3);
  t.true(Math.abs(x2 - x1 - 4) < 1e-5);
});

test('leaves one tensor, and refuses other shapes and options', (t) => {
  const outputs = tf.zeros<tf.Rank.R2>([1, 4]);
  const before = tf.memory().numTensors;
  decodeBoxes(outputs, [[0, 0, 1, 1]]).dispose();
  t.is(tf.memory().numTensors, before);
  t.throws(() => decodeBoxes(outputs, []), {message: /^Expected `outputs` to be of shape \[0, 4\]/});
  t.throws(() => decodeBoxes(outputs, [[0, 0, 1, 1]], {weights: [1, 1] as never}), {
    message: /^Expected `weights`/,
  });
  t.throws(() => decodeBoxes(outputs, [[0, 0, 1, 1]], {weight: 1} as never), {message: /"weights"/});
});
