import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {shared} from '../../src/kernels/shared';
import {useBackend} from '../helpers/backends';

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`shared data stays until its last owner releases it (${backend})`, async (t) => {
    await useBackend(backend);
    const before = tf.backend().numDataIds();
    const tensor = tf.tensor2d([[1, 2]]);
    const info = shared(tensor, tf.backend());
    t.deepEqual([info.dataId, info.shape, info.dtype], [tensor.dataId, [1, 2], 'float32']);
    const twin = tf.engine().makeTensorFromTensorInfo(info);
    tensor.dispose();
    t.deepEqual(Array.from(twin.dataSync()), [1, 2]);
    twin.dispose();
    t.is(tf.backend().numDataIds(), before);
  });
}
