import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {composedSoftmax} from '../../../../src/kernels/losses/composed/softmax';
import {composedPass} from '../../../../src/kernels/losses/formula';
import {softmaxGradients, softmaxLosses} from '../../../../src/kernels/losses/host/softmax_pass';
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

const composedSoftmaxPass = (labels: Labels, suppression: Suppression) =>
  composedPass(composedSoftmax, labels, suppression);

test.before(() => useBackend('cpu'));

/** What the host pass gives for the same, with the upstream gradient of `runPass`. */
function onHost(z: tf.Tensor, labels: Labels, suppression: Suppression) {
  const read = hostLabels(labels, labels.values.dataSync() as LabelValues);
  return {
    losses: softmaxLosses(z.dataSync(), read, suppression),
    gradients: scaled(softmaxGradients(z.dataSync(), read, suppression), labels.rows),
  };
}

const cases = lossCases({largest: 30, background: false}).chain((c) => {
  const size = c.rows * c.classes;
  return fc.record({
    batch: fc.constant(c),
    beta: fc.oneof(fc.constantFrom(0, 1), anyDraws),
    soft: softLabels(size),
    smooth: fc.boolean(),
  });
});

test('the composed pass equals the host pass, for every form of labels', (t) => {
  fc.assert(
    fc.property(cases, ({batch, beta, soft, smooth}) =>
      tf.tidy(() => {
        const {rows, classes, logits, frequencies, lambda} = batch;
        const tail = Float64Array.from(
          smooth ? frequencies.map((f) => 1 / (400 * f + 1) ** 2) : stepTail(frequencies, lambda),
        );
        const z = tf.tensor2d(logits, [rows, classes]);
        const labelings: Array<[string, tf.Tensor]> = [
          ...labelTensors(batch.labels, [rows], classes, false),
          ['soft', tf.tensor2d(soft, [rows, classes])],
        ];
        for (const [form, yTrue] of labelings) {
          const labels = parseLabels(yTrue, z, false);
          const {losses, gradients} = runPass(composedSoftmaxPass(labels, {tail, beta}), z);
          const expected = onHost(z, labels, {tail, beta});
          t.true(agree(losses, expected.losses, TOLERANCE), `loss, ${form}`);
          t.true(agree(gradients, expected.gradients, TOLERANCE), `gradient, ${form}`);
        }
      }),
    ),
    {numRuns: 40},
  );
});

test('dropped classes are ignored, however large their logits are, or small those of the others', (t) => {
  const labels = parseLabels(tf.tensor1d([0, 0, 0, 0]), tf.zeros([4, 3]), false);
  const beta = drawing(1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1);
  const suppression = {tail: Float64Array.of(1, 0, 1), beta};
  const z = tf.tensor2d([0, 0, 1e4, 0, 0, 0, -1e4, 0, -1e4, -1e4, -1e4, 1e4], [4, 3]);
  const {losses, gradients} = runPass(composedSoftmaxPass(labels, suppression), z);
  t.true(agree(losses, [Math.LN2, Math.log(3), 1e4, Math.LN2], 1e-3));
  // Upstream 1, −2, 3, −4.
  const expected = [-1 / 2, 1 / 2, 0, 4 / 3, -2 / 3, -2 / 3, -3, 3, 0, 2, -2, 0];
  t.true(agree(gradients, expected, TOLERANCE));
});

test('with every class dropped that can be: 0, never NaN', (t) => {
  const all = {tail: Float64Array.of(1, 1, 1), beta: 1};
  for (const yTrue of [tf.tensor1d([1]), tf.zeros([1, 3])]) {
    for (const size of [1, 1e4, 1e30]) {
      const z = tf.tensor2d([[-size, 0, size]]);
      const {losses, gradients} = runPass(composedSoftmaxPass(parseLabels(yTrue, z, false), all), z);
      t.true(agree(losses, [0], TOLERANCE));
      t.true(agree(gradients, [0, 0, 0], TOLERANCE));
    }
  }
  // A soft label too small for 1 − y to show it still keeps its class.
  const z = tf.tensor2d([[1, 2]]);
  const tiny = parseLabels(tf.tensor2d([[1e-20, 0]]), z, false);
  const {losses} = runPass(composedSoftmaxPass(tiny, {tail: Float64Array.of(1, 1), beta: 1}), z);
  t.true(Math.abs(losses[0] - 1e-20 * Math.log(1e-20)) < 1e-24);
});

test.serial(
  'where labels cannot be read, an integer label out of range, C included, makes only its own row NaN',
  async (t) => {
    await useGpuLikeBackend();
    const z = tf.zeros([3, 2]);
    for (const wrong of [2, 3, -1, 0.5, Number.NaN]) {
      const labels = parseLabels(tf.tensor1d([0, wrong, 1]), z, false);
      const {losses, gradients} = runPass(
        composedSoftmaxPass(labels, {tail: Float64Array.of(1, 1), beta: 1}),
        z,
      );
      t.deepEqual(losses.map(Number.isNaN), [false, true, false]);
      t.deepEqual(gradients.map(Number.isNaN), [false, false, true, true, false, false]);
    }
    await useBackend('cpu');
  },
);

test('a NaN logit of a dropped class shows', (t) => {
  const z = tf.tensor2d([[0, Number.NaN]]);
  const labels = parseLabels(tf.tensor1d([0]), z, false);
  const {losses, gradients} = runPass(composedSoftmaxPass(labels, {tail: Float64Array.of(1, 1), beta: 1}), z);
  t.deepEqual([...losses, ...gradients], [Number.NaN, Number.NaN, Number.NaN]);
});

test('no rows, and labels made in a tidy around the loss', (t) => {
  for (const [form, yTrue] of labelTensors([], [0], 3, false)) {
    const z = tf.zeros([0, 3]);
    const beta = drawing();
    const pass = composedSoftmaxPass(parseLabels(yTrue, z, false), {tail: Float64Array.of(1, 1, 0), beta});
    t.deepEqual(runPass(pass, z), {losses: [], gradients: []}, form);
  }
  const before = tf.memory().numTensors;
  const gradient = tf.grad((x: tf.Tensor) =>
    tf.tidy(() => {
      const labels = {
        form: 'index',
        values: tf.tensor1d([0]),
        rows: 1,
        classes: 2,
        background: false,
      } as const;
      return tf.sum(lossOp(composedSoftmaxPass(labels, {tail: Float64Array.of(0, 0), beta: 1}), x));
    }),
  );
  const z = tf.zeros([1, 2]);
  const slopes = gradient(z);
  t.deepEqual(Array.from(slopes.dataSync()), [-0.5, 0.5]);
  tf.dispose([slopes, z]);
  t.is(tf.memory().numTensors, before);
});
