import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {KeptRows} from '../../src/core/kept_rows';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(
    `rows are concatenated in the order of batches, and memory is freed (${backend})`,
    async (t) => {
      await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
      const before = tf.memory().numTensors;
      for (const dtype of ['float32', 'int32', 'bool'] as const) {
        const values = [1, 0, 1, 1, 0, 1];
        const batches = [
          tf.tensor2d(values.slice(0, 2), [1, 2], dtype),
          tf.tensor2d(values.slice(2), [2, 2], dtype),
        ];
        const kept = new KeptRows(batches[0]);
        for (const batch of batches) {
          t.true(kept.fits(batch));
          kept.push(batch);
        }
        tf.dispose(batches);
        const all = tf.tidy(() => kept.tensor());
        t.deepEqual([all.shape, all.dtype, Array.from(all.dataSync())], [[3, 2], dtype, values]);
        tf.tidy(() => t.false(kept.fits(tf.zeros([2, 3]))));
        kept.dispose();
        all.dispose();
      }
      t.is(tf.memory().numTensors, before);
    },
  );
}

test.serial('a scalar has no rows', async (t) => {
  await useBackend('cpu');
  t.throws(() => new KeptRows(tf.scalar(1)), {name: 'ValueError', message: /tensors of rows/});
});
