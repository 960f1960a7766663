import * as tf from '@tensorflow/tfjs';
import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import test from 'ava';
import {repeatChannels, sumChannelGroups} from '../../../src/kernels/wasm/depthwise_channels';
import {useBackend} from '../../helpers/backends';
import {integers} from '../../helpers/both_backends';

const read = (info: tf.TensorInfo) =>
  Array.from((tf.backend() as BackendWasm).readSync(info.dataId) as Float32Array);

for (const [channels, times] of [
  [1, 4],
  [3, 1],
  [4, 2],
  [5, 3],
]) {
  test.serial(`${channels} channels ${times} times, and groups of ${times}`, async (t) => {
    await useBackend('wasm');
    const backend = tf.backend() as BackendWasm;
    const x = integers([2, 3, 2, channels], 1);
    const repeated = repeatChannels(x, times, backend);
    t.deepEqual(repeated.shape, [2, 3, 2, channels * times]);
    t.deepEqual(read(repeated), [...tf.tile(tf.reshape(x, [-1, 1]), [1, times]).dataSync()]);

    const y = integers([2, 3, 2, channels * times], 2);
    const sums = sumChannelGroups(y, times, backend);
    t.deepEqual(sums.shape, x.shape);
    t.deepEqual(read(sums), [...tf.sum(tf.reshape(y, [-1, times]), 1).dataSync()]);
  });
}
