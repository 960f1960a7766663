import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {useBackend} from '../../helpers/backends';
import {onBothBackends} from '../../helpers/both_backends';

test.serial('log1p keeps its digits near zero, and matches the cpu backend everywhere', async (t) => {
  const values = [-2, -1, -0.5, -1e-20, -0, 0, 1e-20, 1e-8, 1e-4, 0.5, 1, 1e30, Infinity, NaN];
  const {cpu, wasm} = await onBothBackends(t, () => [tf.log1p(tf.tensor1d(values))]);
  t.deepEqual(wasm, cpu);
  t.is(wasm[0][7], Math.fround(Math.log1p(Math.fround(1e-8))));
});

test.serial('of integers it is a float32, with its digits', async (t) => {
  await useBackend('wasm');
  tf.tidy(() => {
    const y = tf.log1p(tf.tensor1d([0, 1, 5], 'int32'));
    t.is(y.dtype, 'float32');
    t.deepEqual([...y.dataSync()], [0, Math.fround(Math.LN2), Math.fround(Math.log(6))]);
  });
});
