import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {integers, onBothBackends} from '../../helpers/both_backends';
import {volumeCases} from '../../helpers/volume_cases';

test.serial('max pooling of volumes matches the cpu backend, negative values included', async (t) => {
  await fc.assert(
    fc.asyncProperty(volumeCases, async ({x, filter, strides, pad, seed}) => {
      const {cpu, wasm} = await onBothBackends(t, () => {
        const input = integers(x, seed) as tf.Tensor5D;
        const size: [number, number, number] = [filter[0], filter[1], filter[2]];
        return [
          tf.maxPool3d(input, size, strides, pad),
          tf.maxPool3d(tf.sub<tf.Tensor5D>(input, 10), size, strides, pad),
        ];
      });
      t.deepEqual(wasm, cpu);
    }),
    {numRuns: 150, seed: 1},
  );
});
