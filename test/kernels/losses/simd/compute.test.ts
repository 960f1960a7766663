import test from 'ava';
import {lossAndGradient} from '../../../../src/kernels/losses/host/loss_and_gradient';
import {blockPass} from '../../../../src/kernels/losses/simd/block_pass';
import {computeLoss} from '../../../../src/kernels/losses/simd/compute';
import {supplySimd} from '../../../../src/kernels/losses/simd/supply';
import {difference} from '../../../helpers/pass_cases';

supplySimd();

const attrs = {
  form: 'index' as const,
  rows: 2,
  classes: 3,
  background: true,
  fromLogits: true,
  tail: Float64Array.of(0, 1, 0),
  beta: 1,
};
const z = Float32Array.of(0.5, 0.25, 0.125, 0.75, 0.5, 0.875);
const values = Int32Array.of(1, 3);
const labels = {form: 'index' as const, values, rows: 2, classes: 3, stride: 1};

test('logits go through the SIMD module', (t) => {
  for (const family of ['sigmoid', 'softmax'] as const) {
    const own = family === 'softmax' ? {...labels, values: Int32Array.of(1, 2)} : labels;
    const out = new Float32Array(6);
    const result = computeLoss(family, z, own.values, attrs, out);
    t.is(result.gradient, out);
    t.deepEqual(result, blockPass(family, z, own, attrs, 1 / 2, new Float32Array(6)));
    const plain = lossAndGradient(family, z, own, attrs, true, 1 / 2);
    t.is(difference(result.losses, plain.losses, 1e-6), undefined);
    t.is(difference(out, plain.gradient!, 1e-6), undefined);
    t.is(computeLoss(family, z, own.values, attrs).gradient, undefined);
  }
});

test('probabilities go through JavaScript', (t) => {
  const {losses, gradient} = computeLoss(
    'sigmoid',
    z,
    values,
    {...attrs, fromLogits: false},
    new Float32Array(6),
  );
  // By hand: foreground of class 1, rare classes spared but for their own; then background.
  const expected = [
    -(Math.log(1 - 0.5) + Math.log(0.25) + Math.log(1 - 0.125)),
    -(Math.log(1 - 0.75) + Math.log(1 - 0.5) + Math.log(1 - 0.875)),
  ];
  t.is(difference(losses, expected, 1e-6), undefined);
  const derivatives = [1 / 0.5, -1 / 0.25, 1 / 0.875, 1 / 0.25, 1 / 0.5, 1 / 0.125];
  // Of the mean over two rows.
  const gradients = derivatives.map((derivative) => derivative / 2);
  t.is(difference(gradient!, gradients, 1e-6), undefined);
});

test('integer labels are checked before anything is written', (t) => {
  const out = new Float32Array(6);
  t.throws(() => computeLoss('sigmoid', z, Int32Array.of(0, 4), attrs, out), {
    name: 'ValueError',
    message: /integers in 0 … 3 \(3 = background\). Received: 4 in row 1/,
  });
  t.deepEqual(out, new Float32Array(6));
});
