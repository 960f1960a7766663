import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {type Labels, type RowFormula, rowLosses} from '../../../src';
import {useBackend} from '../../helpers/backends';
import {useGpuLikeBackend} from '../../helpers/gpu_like';

// Σ_j weight · (z_j − y_j)², in four ways.
const losses: RowFormula<number>['losses'] = (z, y, weight) =>
  tf.sum(tf.mul(weight, tf.squaredDifference(z, y)), 1) as tf.Tensor1D;
const formulas: Record<string, RowFormula<number>> = {
  taped: {name: 'taped', losses},
  'closed form': {
    name: 'closed form',
    losses,
    gradient: (z, y, weight) => tf.mul(2 * weight, tf.sub(z, y)) as tf.Tensor2D,
  },
  'row in float64': {
    name: 'row',
    losses,
    row: (z, y, weight, slope) => {
      let loss = 0;
      for (let j = 0; j < z.length; ++j) {
        loss += weight * (z[j] - y[j]) ** 2;
        if (slope) slope[j] = 2 * weight * (z[j] - y[j]);
      }
      return loss;
    },
  },
  element: {
    name: 'element',
    losses,
    element: {
      js: (z, y, weight, out) => {
        out[0] = weight * (z - y) ** 2;
        out[1] = 2 * weight * (z - y);
      },
      scalars: (weight) => ({weight}),
      glsl: '',
      wgsl: '',
    },
  },
};

const indexed = (values: number[], background = true): Labels => ({
  form: 'index',
  values: tf.tensor1d(values, 'int32'),
  rows: values.length,
  classes: 3,
  background,
});
const logits = () => tf.tensor2d([1, 2, 3, -1, 0.5, 4, 0, 0, 0], [3, 3]);
const EXPECTED = [0.5 * (1 + 1 + 9), 0.5 * (1 + 0.25 + 16), 0.5 * 1];
const SLOPES = [1, 1, 3, -1, 0.5, 4, 0, 0, -1];

for (const backend of ['cpu', 'wasm', 'gpu-like'] as const) {
  test.serial(`losses and gradient of each kind of formula (${backend})`, async (t) => {
    await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
    for (const [kind, formula] of Object.entries(formulas)) {
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        const z = logits();
        const labels = indexed([1, 3, 2]);
        const close = (actual: tf.Tensor, expected: number[]) =>
          t.deepEqual(Array.from(actual.dataSync()), expected, kind);
        close(rowLosses(formula, z, labels, 0.5), EXPECTED);
        const gradient = tf.grads((x: tf.Tensor) => rowLosses(formula, x as tf.Tensor2D, labels, 0.5));
        for (const dy of [
          [1, 1, 1],
          [1 / 4, 2, 0],
        ]) {
          const [slopes] = gradient([z], tf.tensor1d(dy));
          close(
            slopes,
            SLOPES.map((slope, i) => slope * dy[Math.floor(i / 3)]),
          );
        }
      });
      t.is(tf.memory().numTensors, before, `${kind}: no tensor is left`);
    }
  });
}

test.serial('an upstream gradient of 1/rows is as exact if rows is a power of two', async (t) => {
  await useBackend('cpu');
  tf.tidy(() => {
    const formula = formulas['row in float64'];
    const z = tf.tensor2d([1, 2, 3, -1], [4, 1]);
    const labels = {...indexed([0, 1, 0, 1]), classes: 1};
    const mean = (x: tf.Tensor) => tf.mean(rowLosses(formula, x as tf.Tensor2D, labels, 0.5));
    t.deepEqual(Array.from(tf.grad(mean)(z).dataSync()), [0, 0.5, 0.5, -0.25]);
  });
});

test.serial('labels out of range are rejected; no rows give no losses', async (t) => {
  await useBackend('cpu');
  const formula = formulas['row in float64'];
  t.throws(() => rowLosses(formula, logits(), indexed([0, 4, 1]), 1), {message: /integers in 0 … 3/});
  t.throws(() => rowLosses(formula, logits(), indexed([0, 3, 1], false), 1), {message: /integers in 0 … 2/});
  const none = tf.zeros([0, 3]) as tf.Tensor2D;
  const [slopes] = tf.grads((x: tf.Tensor) => rowLosses(formula, x as tf.Tensor2D, indexed([]), 1))(
    [none],
    tf.zeros([0]),
  );
  t.deepEqual(slopes.shape, [0, 3]);
});

test.serial('a second derivative is rejected, or right', async (t) => {
  await useBackend('cpu');
  const second = (formula: RowFormula<number>) => {
    const first = tf.grad((x: tf.Tensor) =>
      tf.sum(rowLosses(formula, x as tf.Tensor2D, indexed([1, 3, 2]), 0.5)),
    );
    return tf
      .grad((x: tf.Tensor) => tf.sum(first(x)))(logits())
      .dataSync();
  };
  t.deepEqual(Array.from(second(formulas.taped)), new Array(9).fill(1));
  for (const kind of ['closed form', 'row in float64', 'element']) {
    t.throws(() => second(formulas[kind]), {message: /Second-order gradients/});
  }
});
