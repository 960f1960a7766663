import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {parseLabels} from '../../../src/labels/labels';
import {labelWeights} from '../../../src/losses/base/label_weights';
import {useBackend} from '../../helpers/backends';
import {useGpuLikeBackend} from '../../helpers/gpu_like';

const WEIGHTS = Float64Array.of(0.5, 2, 4);
const weightsOf = (labels: tf.Tensor, background = true) =>
  Array.from(
    labelWeights(parseLabels(labels, tf.zeros([labels.shape[0], 3]), background), WEIGHTS).dataSync(),
  );

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`a row's weight is that of its class; background weighs 1 (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    t.deepEqual(weightsOf(tf.tensor1d([2, 0, 3, 1], 'int32')), [4, 0.5, 1, 2]);
    const dense = [0, 0, 1, 1, 0, 0, 0, 0, 0];
    t.deepEqual(weightsOf(tf.tensor2d(dense, [3, 3])), [4, 0.5, 1]);
    t.deepEqual(weightsOf(tf.tensor2d([0, 1, 0, 0, 0, 0, 0, 1], [2, 4])), [2, 1]);
    // ½ of 0.5 and ¼ of 4; the rest is background. Two positives: their mean.
    t.deepEqual(weightsOf(tf.tensor2d([0.5, 0, 0.25, 1, 0, 1], [2, 3])), [1.5, 2.25]);
  });
}
