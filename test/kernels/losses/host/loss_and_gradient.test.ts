import test from 'ava';
import fc from 'fast-check';
import {isDrawn} from '../../../../src/kernels/losses/draws';
import {lossAndGradient, scaleRows} from '../../../../src/kernels/losses/host/loss_and_gradient';
import {labelAt} from '../../../../src/labels/host_labels';
import {sigmoidClosedForm, softmaxClosedForm} from '../../../helpers/closed_form';
import {difference, makePassCase, type PassCase, recipes} from '../../../helpers/pass_cases';

/** What the closed forms take. */
function closedFormInput({z, labels, suppression: {tail, beta}}: PassCase) {
  const {rows, classes} = labels;
  const places = Array.from({length: rows * classes}, (_, i) => i);
  return {
    predictions: z,
    labels: places.map((i) => labelAt(labels, Math.floor(i / classes), i % classes)),
    background:
      labels.form === 'multiHotWithBackground'
        ? Array.from({length: rows}, (_, row) => labels.values[row * (classes + 1) + classes])
        : undefined,
    tail,
    beta: typeof beta === 'number' ? beta : places.map((i) => Number(isDrawn(beta, i))),
  };
}

const finite = recipes(4, 20).map((recipe) => makePassCase({...recipe, special: false}));

test('logits and probabilities match the closed form', (t) => {
  fc.assert(
    fc.property(finite, fc.boolean(), fc.boolean(), (batch, fromLogits, differentiable) => {
      const {z, labels, suppression} = batch;
      if (!fromLogits) for (const [i, x] of z.entries()) z[i] = 0.5 + x / 50;
      const kind = fromLogits ? 'sigmoid' : 'sigmoidOfProbabilities';
      const {losses, gradient} = lossAndGradient(kind, z, labels, suppression, differentiable, 1);
      const expected = sigmoidClosedForm({...closedFormInput(batch), fromLogits});
      t.is(difference(losses, expected.rowLosses, 1e-6), undefined);
      if (differentiable) t.is(difference(gradient!, expected.gradient, 1e-6), undefined);
      else t.is(gradient, undefined);
    }),
    {numRuns: 500},
  );
});

test('a softmax matches the closed form', (t) => {
  fc.assert(
    fc.property(finite, fc.boolean(), (batch, differentiable) => {
      const {z, labels, suppression} = batch;
      // Some class has to be left in every row.
      suppression.tail[0] = 0;
      const {losses, gradient} = lossAndGradient('softmax', z, labels, suppression, differentiable, 1);
      const expected = softmaxClosedForm(closedFormInput(batch));
      // A row without labels costs nothing, and has no gradient.
      t.is(difference(losses, expected.rowLosses, 1e-6), undefined);
      if (differentiable) t.is(difference(gradient!, expected.gradient, 1e-6), undefined);
      else t.is(gradient, undefined);
    }),
    {numRuns: 500},
  );
});

test('the gradient is scaled, the losses are not', (t) => {
  fc.assert(
    fc.property(finite, fc.constantFrom('sigmoid' as const, 'softmax' as const), (batch, kind) => {
      const {z, labels, suppression} = batch;
      const plain = lossAndGradient(kind, z, labels, suppression, true, 1);
      const scaled = lossAndGradient(kind, z, labels, suppression, true, 0.25);
      t.deepEqual(scaled.losses, plain.losses);
      t.deepEqual(
        scaled.gradient,
        plain.gradient?.map((value) => value / 4),
      );
    }),
  );
});

test('scales rows by their factors, in place or not', (t) => {
  const values = Float32Array.of(1, 2, 3, 4, 5, 6);
  const out = new Float32Array(6);
  scaleRows(values, Float32Array.of(1, -2, 0.5), out);
  t.deepEqual([...out], [1, 2, -6, -8, 2.5, 3]);
  t.deepEqual([...values], [1, 2, 3, 4, 5, 6]);
  scaleRows(values, Float32Array.of(3, 0), values);
  t.deepEqual([...values], [3, 6, 9, 0, 0, 0]);
  t.notThrows(() => scaleRows(new Float32Array(0), new Float32Array(0), new Float32Array(0)));
});
