import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {parseLabels} from '../../../src/labels/labels';
import type {LogitAdjustment} from '../../../src/losses/base/adjusted_table';
import {softmaxRows} from '../../../src/losses/base/softmax_rows';
import {useBackend} from '../../helpers/backends';
import {useGpuLikeBackend} from '../../helpers/gpu_like';
import {largestRelativeError} from '../../helpers/loss_fixtures';
import {numericalGradient} from '../../helpers/numerical_gradient';

const scale = Float64Array.of(2, 0.5, 1);
const margin = Float64Array.of(0.25, 1, 0);
const bias = Float64Array.of(-3, 0, 1.5);
const adjustments: LogitAdjustment[] = [{}, {scale}, {margin}, {bias}, {scale, margin, bias}];

// −Σ_j y_j log softmax(z')_j as it stands.
function form(z: number[], y: number[], {scale, margin, bias}: LogitAdjustment): number {
  const adjusted = z.map((x, j) => (scale?.[j] ?? 1) * (x - (margin?.[j] ?? 0) * y[j]) + (bias?.[j] ?? 0));
  const log = Math.log(adjusted.reduce((sum, x) => sum + Math.exp(x), 0));
  return adjusted.reduce((sum, x, j) => sum + y[j] * (log - x), 0);
}

function run(z: number[], y: number[], adjustment: LogitAdjustment) {
  return tf.tidy(() => {
    const [logits, target] = [tf.tensor2d(z, [1, 3]), tf.tensor2d(y, [1, 3])];
    const loss = (x: tf.Tensor) => softmaxRows(x as tf.Tensor2D, parseLabels(target, x), adjustment);
    const [gradient] = tf.grads(loss)([logits], tf.ones([1]));
    return [Array.from(loss(logits).dataSync()), Array.from(gradient.dataSync())];
  });
}

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`cross entropy of logits with scale, margin and bias (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    const tolerance = backend === 'gpu-like' ? 1e-5 : 1e-6;
    for (const adjustment of adjustments) {
      for (const y of [
        [0, 1, 0],
        [0.5, 0.125, 0.25],
        [1, 1, 0],
        [0, 0, 0],
      ]) {
        const z = [0.5, -1.25, 2];
        const [losses, gradient] = run(z, y, adjustment);
        t.true(largestRelativeError(losses, [form(z, y, adjustment)], 1e-3) < tolerance);
        const expected = numericalGradient((x) => form(x, y, adjustment), z);
        t.true(largestRelativeError(gradient, expected, 1e-2) < tolerance, `${y}`);
      }
    }
  });
}

test.serial('a loss near 0 keeps its digits, and NaN is passed on', async (t) => {
  await useBackend('cpu');
  const zero = {bias: new Float64Array(3)};
  const rest = Math.exp(-30) + Math.exp(-31);
  const [losses, gradient] = run([30, 0, -1], [1, 0, 0], zero);
  t.true(largestRelativeError(losses, [rest], 0) < 1e-6);
  t.true(largestRelativeError(gradient, [-rest, Math.exp(-30), Math.exp(-31)], 0) < 1e-6);
  for (const z of [
    [Number.NaN, 0, 0],
    [0, 0, Number.NaN],
  ]) {
    const [[loss], slopes] = run(z, [0, 1, 0], zero);
    t.true(Number.isNaN(loss) && slopes.every(Number.isNaN));
  }
});
