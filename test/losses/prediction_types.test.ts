import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss, SoftmaxEqualizationLoss} from '../../src';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {labelTensors} from '../helpers/loss_cases';

const freqInfo = [0.001, 0.25, 0.004];
const LOSSES = [
  ['EQL', true, () => new EqualizationLoss({lambda: 0.01, freqInfo})],
  ['EQL of probabilities', true, () => new EqualizationLoss({lambda: 0.01, freqInfo, fromLogits: false})],
  ['softmax EQL', false, () => new SoftmaxEqualizationLoss({lambda: 0.01, freqInfo, seed: 3})],
] as const;

for (const [backend, use] of [
  ['cpu', () => useBackend('cpu')],
  ['wasm', () => useBackend('wasm')],
  ['composed of ops', useGpuLikeBackend],
] as const) {
  test.serial(`int32 and bool predictions give the same as float32 ones (${backend})`, async (t) => {
    await use();
    const y = tf.tensor1d([1, 0], 'int32');
    for (const [name, , make] of LOSSES) {
      for (const dtype of ['int32', 'bool'] as const) {
        // Probabilities 0 and 1 are bounded, logits may be any integer.
        const values =
          dtype === 'bool' || name === 'EQL of probabilities' ? [1, 0, 1, 0, 1, 1] : [3, -2, 1, 0, 7, 1];
        const given = tf.tensor2d(values, [2, 3], dtype);
        const expected = make()(y, tf.tensor2d(values, [2, 3])).dataSync();
        t.deepEqual(make()(y, given).dataSync(), expected, `${name}, ${dtype}`);
      }
    }
  });

  test.serial(`strings are not predictions, and a rejected batch leaves no trace (${backend})`, async (t) => {
    await use();
    const y = tf.tensor1d([1], 'int32');
    for (const [name, , make] of LOSSES) {
      const loss = make();
      const before = [JSON.stringify([loss.getConfig(), loss.getState?.()]), tf.memory().numTensors];
      const strings = tf.tensor2d([['1', '0', '2']]);
      t.throws(() => loss(y, strings), {name: 'ValueError', message: /`yPred` to be .*"string"$/}, name);
      strings.dispose();
      t.deepEqual(
        [JSON.stringify([loss.getConfig(), loss.getState?.()]), tf.memory().numTensors],
        before,
        name,
      );
    }
  });

  test.serial(`no rows, no boxes: zeros of the right shape (${backend})`, async (t) => {
    await use();
    // Memory that is given back holds other things than zeros.
    for (let i = 0; i < 20; ++i) tf.fill([1000], 7.5).dispose();
    for (const [name, background, make] of LOSSES) {
      for (const lead of [[0], [2, 0], [0, 4], [2, 0, 3], [2, 3, 0]]) {
        for (const [form, y] of labelTensors([], lead, 3, background)) {
          const z = tf.zeros([...lead, 3]);
          const {value, grads} = tf.valueAndGrads((x: tf.Tensor) => make()(y, x))([z], tf.ones([lead[0]]));
          const what = `${name}, ${form}`;
          t.deepEqual([value.shape, [...value.dataSync()]], [[lead[0]], new Array(lead[0]).fill(0)], what);
          t.deepEqual([grads[0].shape, [...grads[0].dataSync()]], [z.shape, []], what);
        }
      }
    }
  });

  test.serial(`an output without classes is rejected (${backend})`, async (t) => {
    await use();
    for (const [name, , make] of LOSSES) {
      for (const shape of [
        [2, 0],
        [0, 0],
        [2, 3, 0],
      ]) {
        const message = 'Expected `freqInfo` to be about 0 classes, the last dimension of yPred. Received: 3';
        t.throws(() => make()(tf.zeros(shape), tf.zeros(shape)), {name: 'ValueError', message}, name);
      }
    }
  });
}
