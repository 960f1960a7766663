import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {checkedIgnoreLabel, countsNoRow, neutralScores, withoutIgnored} from '../../src/labels/ignored_rows';
import {parseLabels} from '../../src/labels/labels';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`ignored labels are replaced, in every dtype (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    tf.tidy(() => {
      for (const dtype of ['int32', 'float32'] as const) {
        const {values, counted} = withoutIgnored(tf.tensor1d([0, -1, 2], dtype), -1, 3);
        t.deepEqual([values.dtype, counted?.dtype], [dtype, 'bool']);
        t.deepEqual(Array.from(values.dataSync()), [0, 3, 2]);
        t.deepEqual(Array.from((counted as tf.Tensor).dataSync()), [1, 0, 1]);
        const z = tf.tensor2d([1, 2, Number.NaN, 4, 5, 6], [3, 2]);
        const scores = neutralScores(z, counted as tf.Tensor, -9);
        t.deepEqual(Array.from(scores.dataSync()), [1, 2, -9, -9, 5, 6]);
      }
      const none = withoutIgnored(tf.tensor1d([255, 255]), 255, 0).counted;
      t.is(countsNoRow(none), backend !== 'gpu-like', 'nothing is read where that would stall');
      t.false(countsNoRow(withoutIgnored(tf.tensor1d([255, 1]), 255, 0).counted));
      t.false(countsNoRow(undefined));
    });
  });
}

test.serial(
  'they are read as background, or as class 0 without background; rows with columns stay',
  async (t) => {
    await useBackend('cpu');
    const read = (yTrue: tf.Tensor, classes: number, background: boolean) => {
      const {values, counted} = parseLabels(yTrue, tf.zeros([2, classes]), background, 9);
      return [Array.from(values.dataSync()), counted && [counted.shape, Array.from(counted.dataSync())]];
    };
    const labels = tf.tensor1d([9, 1], 'int32');
    t.deepEqual(read(labels, 3, true), [
      [3, 1],
      [[2], [0, 1]],
    ]);
    t.deepEqual(read(labels, 3, false), [
      [0, 1],
      [[2], [0, 1]],
    ]);
    t.deepEqual(read(labels.reshape([2, 1]), 1, true), [
      [0, 1],
      [[2], [0, 1]],
    ]);
    t.deepEqual(read(tf.tensor1d([2, 1], 'int32'), 3, true), [[2, 1], undefined]);
    const columns = tf.tensor2d([9, 0, 0, 1], [2, 2]);
    t.deepEqual(read(columns, 2, true), [[9, 0, 0, 1], undefined]);
  },
);

test('only int32 integers can be ignored', (t) => {
  t.deepEqual([undefined, 0, -1, 2 ** 31 - 1].map(checkedIgnoreLabel), [undefined, 0, -1, 2 ** 31 - 1]);
  for (const wrong of [0.5, 2 ** 31, Number.NaN, '1', null]) {
    t.throws(() => checkedIgnoreLabel(wrong as never), {name: 'ValueError', message: /`ignoreLabel`/});
  }
});
