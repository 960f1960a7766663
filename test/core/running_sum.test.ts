import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {RunningSum} from '../../src/core/running_sum';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';

const valuesOf = (sum: RunningSum) => tf.tidy(() => Array.from(sum.tensor().dataSync()));

test.serial('counts stay exact beyond 2²⁴, where adding 1 in float32 has no effect', async (t) => {
  await useBackend('cpu');
  let sum = RunningSum.of(tf.tensor1d([2 ** 24, 0.5]));
  for (let i = 0; i < 4; ++i) sum = RunningSum.of(tf.tensor1d([1, 0.25]), sum);
  t.deepEqual(valuesOf(sum), [2 ** 24 + 4, 1.5]);
});

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`shape and dtype are those of the batches, and memory is freed (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    const before = tf.memory().numTensors;
    for (const dtype of ['float32', 'int32'] as const) {
      const batch = tf.tensor2d([[1, 2]], [1, 2], dtype);
      const first = RunningSum.of(batch);
      let second!: RunningSum;
      tf.tidy(() => {
        second = RunningSum.of(batch, first);
      });
      const total = tf.tidy(() => second.tensor());
      t.deepEqual([total.shape, total.dtype], [[1, 2], dtype]);
      t.deepEqual(Array.from(total.dataSync()), [2, 4]);
      t.true(second.fits(batch));
      tf.tidy(() => t.false(second.fits(tf.zeros([2, 1]))));
      first.dispose();
      second.dispose();
      tf.dispose([batch, total]);
    }
    t.is(tf.memory().numTensors, before);
  });
}
