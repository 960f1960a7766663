import * as tf from '@tensorflow/tfjs';
import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import test from 'ava';
import fc from 'fast-check';
import {conv3DPlanes, takePlanes} from '../../../src/kernels/wasm/conv3d_planes';
import {useBackend} from '../../helpers/backends';
import {integers} from '../../helpers/both_backends';
import {volumeCases} from '../../helpers/volume_cases';

test.serial(
  '2D convolutions of the planes that each depth of the filter sees add up to conv3d',
  async (t) => {
    await useBackend('wasm');
    const backend = tf.backend() as BackendWasm;
    fc.assert(
      fc.property(volumeCases, ({x, filter, strides, pad, seed}) => {
        tf.tidy(() => {
          const volume = integers(x, seed) as tf.Tensor5D;
          const weights = integers(filter, seed + 1) as tf.Tensor5D;
          const expected = tf.conv3d(volume, weights, strides, pad);
          const [batch, depth, ...plane] = expected.shape;
          const {taps, conv2d} = conv3DPlanes(x, filter, {strides, pad});
          const sums = new Float32Array(expected.size);
          for (const {tap, first, stride, from, count} of taps) {
            const planes = takePlanes(volume, first, stride, count, backend);
            const images = tf.engine().makeTensorFromTensorInfo(planes) as tf.Tensor4D;
            const slice = tf.squeeze<tf.Tensor4D>(tf.slice(weights, tap, 1), [0]);
            const y = tf.conv2d(images, slice, conv2d.strides, conv2d.pad as never).dataSync();
            const size = tf.util.sizeFromShape(plane);
            for (let i = 0; i < y.length; i++) {
              const image = Math.floor(i / size);
              const at = Math.floor(image / count) * depth + from + (image % count);
              sums[at * size + (i % size)] += y[i];
            }
          }
          t.is(sums.length, batch * depth * tf.util.sizeFromShape(plane));
          t.deepEqual(
            Array.from(sums, (value) => value + 0),
            Array.from(expected.dataSync(), (value) => value + 0),
          );
        });
      }),
      {numRuns: 100, seed: 1},
    );
  },
);
