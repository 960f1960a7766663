import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss, type Loss, SoftmaxEqualizationLoss} from '../../src';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {evaluateLoss, labelTensors} from '../helpers/loss_cases';
import {agree} from '../helpers/passes';

const freqInfo = [0.001, 0.25, 0.004];
const LOSSES: Array<[string, boolean, () => Loss]> = [
  ['EQL', true, () => new EqualizationLoss({lambda: 0.01, freqInfo})],
  ['EQL, drawn', true, () => new EqualizationLoss({lambda: 0.01, freqInfo, gamma: 0.5, seed: 3})],
  ['EQL of probabilities', true, () => new EqualizationLoss({lambda: 0.01, freqInfo, fromLogits: false})],
  ['softmax EQL', false, () => new SoftmaxEqualizationLoss({lambda: 0.01, freqInfo, seed: 3})],
];
const predictions = (lead: number[]) =>
  tf.tensor([0.1, 0.9, 0.5, 0.3, 0.75, 0.2, 0.6, 0.4, 0.05, 0.8, 0.7, 0.35], [...lead, 3]);
const labelsOf = (background: boolean, lead: number[]) =>
  labelTensors([0, 1, background ? 3 : 1, 2], lead, 3, background);

/** Value and gradient of three training batches and an evaluation, for all forms of labels. */
function run(make: () => Loss, background: boolean) {
  return [[4], [2, 2]].flatMap((lead) =>
    labelsOf(background, lead).flatMap(([, yTrue]) => {
      const loss = make();
      const [yPred, training] = [predictions(lead), {training: true}];
      return [training, training, training, {training: false}].map((context) =>
        evaluateLoss(loss, yTrue, yPred, context),
      );
    }),
  );
}

for (const [name, background, make] of LOSSES) {
  test.serial(`${name}: wasm equals cpu, and GPU backends' passes match within 1e-5`, async (t) => {
    await useBackend('cpu');
    const cpu = tf.tidy(() => run(make, background));
    await useBackend('wasm');
    const wasm = tf.tidy(() => run(make, background));
    await useGpuLikeBackend();
    const composed = tf.tidy(() => run(make, background));
    cpu.forEach(({values, gradient}, i) => {
      t.true(agree(wasm[i].values, values, 1e-7) && agree(wasm[i].gradient, gradient, 1e-7));
      t.true(agree(composed[i].values, values, 1e-5) && agree(composed[i].gradient, gradient, 1e-5));
    });
  });

  for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
    test.serial(`${name}: no tensor leaks, forward, backward and on failure (${backend})`, async (t) => {
      await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
      const loss = make();
      for (const lead of [[4], [2, 2]]) {
        for (const [form, yTrue] of labelsOf(background, lead)) {
          const yPred = predictions(lead);
          const before = [tf.memory().numTensors, tf.backend().numDataIds()];
          const left = () => [tf.memory().numTensors, tf.backend().numDataIds()];
          const value = loss(yTrue, yPred);
          t.is(tf.memory().numTensors, before[0] + 1, form);
          value.dispose();
          t.deepEqual(left(), before, form);
          evaluateLoss(loss, yTrue, yPred);
          t.deepEqual(left(), before, form);
          const wrong = tf.zeros([4, 7]);
          t.throws(() => loss(wrong, yPred), {name: 'ValueError'});
          wrong.dispose();
          t.deepEqual(left(), before, form);
        }
      }
    });
  }
}

test.serial('GPU backends: an integer out of range is NaN, in value and gradient', async (t) => {
  await useGpuLikeBackend();
  for (const [, background, make] of LOSSES) {
    const labels = tf.tensor1d([0, background ? 4 : 3, -1, 1], 'int32');
    const {values, gradient} = evaluateLoss(make(), labels, predictions([4]));
    t.deepEqual(values.map(Number.isNaN), [false, true, true, false]);
    t.deepEqual(
      gradient.map(Number.isNaN),
      [false, true, true, false].flatMap((x) => [x, x, x]),
    );
  }
});
