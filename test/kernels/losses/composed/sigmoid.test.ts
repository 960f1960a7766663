import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {composedSigmoid} from '../../../../src/kernels/losses/composed/sigmoid';
import {composedPass} from '../../../../src/kernels/losses/formula';
import {elementFns, sigmoidGradients, sigmoidLosses} from '../../../../src/kernels/losses/host/sigmoid_pass';
import {lossOp} from '../../../../src/kernels/losses/loss_op';
import type {Suppression} from '../../../../src/kernels/losses/suppression';
import {hostLabels, type LabelValues} from '../../../../src/labels/host_labels';
import {type Labels, parseLabels} from '../../../../src/labels/labels';
import {useBackend} from '../../../helpers/backends';
import {anyDraws, drawing} from '../../../helpers/draws';
import {useGpuLikeBackend} from '../../../helpers/gpu_like';
import {labelTensors, lossCases, softLabels, stepTail} from '../../../helpers/loss_cases';
import {agree, runPass, scaled} from '../../../helpers/passes';

const TOLERANCE = 1e-5;

const composedSigmoidPass = (labels: Labels, suppression: Suppression, fromLogits: boolean) =>
  composedPass(composedSigmoid, labels, {...suppression, fromLogits});

test.before(() => useBackend('cpu'));

/** What the host pass gives for the same, with the upstream gradient of `runPass`. */
function onHost(z: tf.Tensor, labels: Labels, suppression: Suppression, fromLogits: boolean) {
  const {loss, gradient} = elementFns(fromLogits);
  const read = hostLabels(labels, labels.values.dataSync() as LabelValues);
  return {
    losses: sigmoidLosses(z.dataSync(), read, suppression, loss),
    gradients: scaled(sigmoidGradients(z.dataSync(), read, suppression, gradient), labels.rows),
  };
}

/** β of every kind. */
const betas = fc.oneof(fc.constantFrom(0, 0.3, 1), anyDraws);
const cases = lossCases({largest: 30}).chain((c) =>
  fc.record({
    batch: fc.constant(c),
    beta: betas,
    soft: softLabels(c.rows * c.classes),
    column: softLabels(c.rows * (c.classes + 1)),
    smooth: fc.boolean(),
    fromLogits: fc.boolean(),
  }),
);

test('the composed pass equals the host pass, for every form of labels', (t) => {
  fc.assert(
    fc.property(cases, ({batch, beta, soft, column, smooth, fromLogits}) =>
      tf.tidy(() => {
        const {rows, classes, logits, frequencies, lambda} = batch;
        const tail = Float64Array.from(
          smooth ? frequencies.map((f) => 1 / (400 * f + 1) ** 2) : stepTail(frequencies, lambda),
        );
        const logit = tf.tensor2d(logits, [rows, classes]);
        // Where p rounds to 1, digits of 1 − p are lost for good: keep p away from there.
        const z = fromLogits ? logit : tf.clipByValue(tf.sigmoid(logit), 1e-3, 1 - 1e-3);
        const labelings: Array<[string, tf.Tensor]> = [
          ...labelTensors(batch.labels, [rows], classes),
          ['soft', tf.tensor2d(soft, [rows, classes])],
          ['soft, with a background column', tf.tensor2d(column, [rows, classes + 1])],
        ];
        for (const [form, yTrue] of labelings) {
          const labels = parseLabels(yTrue, z);
          const {losses, gradients} = runPass(composedSigmoidPass(labels, {tail, beta}, fromLogits), z);
          const expected = onHost(z, labels, {tail, beta}, fromLogits);
          t.true(agree(losses, expected.losses, TOLERANCE), `loss, ${form}`);
          t.true(agree(gradients, expected.gradients, 3 * TOLERANCE), `gradient, ${form}`);
        }
      }),
    ),
    {numRuns: 40},
  );
});

test('probabilities 0 and 1, and logits of ±1e4', (t) => {
  const labels = parseLabels(tf.tensor2d([1, 0, 0, 1], [2, 2]), tf.zeros([2, 2]));
  const suppression = {tail: Float64Array.of(0, 1), beta: 1};
  for (const [fromLogits, values] of [
    [false, [1, 1, 0, 0]],
    [false, [0, 0, 1, 1]],
    [true, [1e4, 1e4, -1e4, -1e4]],
    [true, [-1e4, -1e4, 1e4, 1e4]],
  ] as const) {
    const z = tf.tensor2d([...values], [2, 2]);
    const {losses, gradients} = runPass(composedSigmoidPass(labels, suppression, fromLogits), z);
    const expected = onHost(z, labels, suppression, fromLogits);
    t.true(agree(losses, expected.losses, TOLERANCE));
    t.true(agree(gradients, expected.gradients, TOLERANCE));
  }
});

test.serial(
  'where labels cannot be read, an integer label out of range makes only its own row NaN',
  async (t) => {
    await useGpuLikeBackend();
    const z = tf.zeros([3, 2]);
    for (const fromLogits of [true, false]) {
      for (const wrong of [3, -1, 0.5, Number.NaN]) {
        const labels = parseLabels(tf.tensor1d([0, wrong, 2]), z);
        const pass = composedSigmoidPass(labels, {tail: Float64Array.of(1, 1), beta: 1}, fromLogits);
        const {losses, gradients} = runPass(pass, fromLogits ? z : tf.fill([3, 2], 0.5));
        t.deepEqual(losses.map(Number.isNaN), [false, true, false]);
        t.deepEqual(gradients.map(Number.isNaN), [false, false, true, true, false, false]);
      }
    }
    await useBackend('cpu');
  },
);

test('a NaN logit of a suppressed class shows', (t) => {
  const z = tf.tensor2d([[0, Number.NaN]]);
  const labels = parseLabels(tf.tensor1d([0]), z);
  const {losses, gradients} = runPass(
    composedSigmoidPass(labels, {tail: Float64Array.of(1, 1), beta: 1}, true),
    z,
  );
  t.deepEqual(losses, [Number.NaN]);
  t.deepEqual(gradients.map(Number.isNaN), [false, true]);
});

test('no rows', (t) => {
  for (const [form, yTrue] of labelTensors([], [0], 3)) {
    const z = tf.zeros([0, 3]);
    const beta = drawing();
    const pass = composedSigmoidPass(parseLabels(yTrue, z), {tail: Float64Array.of(1, 1, 0), beta}, true);
    t.deepEqual(runPass(pass, z), {losses: [], gradients: []}, form);
  }
});

test('labels made in a tidy around the loss are still there for the gradient', (t) => {
  const z = tf.zeros([2, 3]);
  const before = tf.memory().numTensors;
  const gradient = tf.grad((x: tf.Tensor) =>
    tf.tidy(() => {
      const labels = {
        form: 'index',
        values: tf.tensor1d([0, 3]),
        rows: 2,
        classes: 3,
        background: true,
      } as const;
      return tf.sum(lossOp(composedSigmoidPass(labels, {tail: Float64Array.of(1, 1, 0), beta: 1}, true), x));
    }),
  )(z);
  t.deepEqual(Array.from(gradient.dataSync()), [-0.5, 0, 0.5, 0.5, 0.5, 0.5]);
  gradient.dispose();
  t.is(tf.memory().numTensors, before);
});
