import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {checkedShares} from '../../src/labels/label_values';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';

const WRONG = [255, 2, -1, 1.01, -0.01, Number.NaN, Number.POSITIVE_INFINITY];

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`values outside 0 … 1 are rejected, with their row (${backend})`, async (t) => {
    await useBackend(backend);
    for (const wrong of WRONG) {
      const labels = tf.tensor2d([0, 1, 0.5, wrong], [2, 2]);
      t.throws(() => checkedShares(labels), {
        name: 'ValueError',
        message: /^Expected `yTrue` to hold values in 0 … 1\. Received: \S+ in row 1$/,
      });
    }
    t.throws(() => checkedShares(tf.tensor2d([0, 255], [2, 1], 'int32')), {
      message: /Received: 255 in row 1/,
    });
  });

  test.serial(`rounding by smoothing and mixing is accepted (${backend})`, async (t) => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    for (const labels of [
      tf.tensor2d([0, 1, 0.3, 1.0000001, -1e-8, 0.5], [2, 3]),
      tf.tensor2d([0, 1], [2, 1], 'int32'),
      tf.tensor2d([0, 1], [2, 1], 'bool'),
      tf.zeros([0, 3]),
    ]) {
      t.is(checkedShares(labels), labels);
      labels.dispose();
    }
    t.is(tf.memory().numTensors, before);
  });
}

test.serial('if a backend cannot be read synchronously, they become NaN', async (t) => {
  await useGpuLikeBackend();
  const values = [0, 0.25, 1, ...WRONG];
  for (const dtype of ['float32', 'int32'] as const) {
    const labels = tf.tensor2d(
      dtype === 'int32' ? [0, 1, 2, 255] : values,
      [values.length - (dtype === 'int32' ? 6 : 0), 1],
      dtype,
    );
    const expected =
      dtype === 'int32' ? [0, 1, Number.NaN, Number.NaN] : [0, 0.25, 1, ...WRONG.map(() => Number.NaN)];
    t.deepEqual(Array.from(checkedShares(labels).dataSync()), expected);
  }
});
