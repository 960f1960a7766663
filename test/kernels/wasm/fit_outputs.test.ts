import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {useBackend} from '../../helpers/backends';
import {integers, onBothBackends} from '../../helpers/both_backends';

/** Inputs of a transposed convolution to 8 × 8 with strides of 2, whose own convolution gives 4 × 4. */
const LARGER = [
  [2, 8, 8, 3],
  [2, 4, 7, 3],
  [2, 5, 4, 3],
  [3, 4, 4, 3],
];

test.serial(
  "if a transposed convolution's input is too large, the same part counts as on the cpu backend",
  async (t) => {
    for (const shape of LARGER) {
      for (const [strides, size] of [
        [1, 4],
        [2, 8],
        [4, 16],
      ]) {
        const {cpu, wasm} = await onBothBackends(t, () => {
          const filter = integers([3, 3, 2, 3], 2) as tf.Tensor4D;
          const x = integers(shape, 1) as tf.Tensor4D;
          const byFilter = (w: tf.Tensor) =>
            tf.conv2dTranspose(x, w as tf.Tensor4D, [2, size, size, 2], strides, 'same');
          const volume = integers([shape[0], shape[2], ...shape.slice(1)], 4) as tf.Tensor5D;
          const filter3d = integers([3, 3, 3, 2, 3], 5) as tf.Tensor5D;
          return [
            byFilter(filter),
            tf.grad(byFilter)(filter, integers([2, size, size, 2], 3)),
            tf.conv3dTranspose(volume, filter3d, [2, size, size, size, 2], strides as never, 'same'),
          ];
        });
        t.deepEqual(wasm, cpu);
      }
    }
  },
);

test.serial("a transposed convolution's input that is too small is rejected", async (t) => {
  await useBackend('wasm');
  for (const shape of [
    [1, 4, 4, 3],
    [2, 3, 4, 3],
    [2, 4, 3, 3],
  ]) {
    const x = integers(shape, 1) as tf.Tensor4D;
    const filter = integers([3, 3, 2, 3], 2) as tf.Tensor4D;
    const received = `Received: tensor of shape [${shape.join(', ')}]`;
    t.throws(() => tf.conv2dTranspose(x, filter, [2, 8, 8, 2], 2, 'same'), {
      name: 'ValueError',
      message: `Expected \`dy\` to be a tensor of at least [2, 4, 4, 3], as a convolution of the output gives. ${received}`,
    });
  }
});
