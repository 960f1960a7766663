import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {Loss, type SoftmaxCrossEntropy} from '../../../src';
import {canGrow, freshHeap, whileGrowing} from '../../helpers/growing_heap';
import {hot} from '../../helpers/loss_cases';
import {CLASSES} from '../../helpers/models';
import {concrete, make} from '../../trust/models';

const ROWS = 7;
const labels = Array.from({length: ROWS}, (_, row) => (row * 3) % CLASSES);

const FORMS: Record<string, () => tf.Tensor> = {
  'int32 integers': () => tf.tensor1d(labels, 'int32'),
  'float32 integers': () => tf.tensor1d(labels, 'float32'),
  'float32 one-hot': () => tf.tensor2d(hot(labels, CLASSES), [ROWS, CLASSES], 'float32'),
  'bool one-hot': () => tf.tensor2d(hot(labels, CLASSES), [ROWS, CLASSES], 'bool'),
};

/** Two batches of training, of which the second sees the state that the first left, and one of evaluation. */
function evaluate(loss: Loss, form: () => tf.Tensor): number[][] {
  return tf.tidy(() => {
    const y = form();
    const probabilities = loss.expects === 'probabilities';
    const results: tf.Tensor[] = [];
    for (const seed of [1, 2]) {
      const raw = tf.randomNormal([ROWS, CLASSES], 0, 3, 'float32', seed);
      const x = probabilities ? tf.sigmoid(raw) : raw;
      // Other than a power of two, for the gradients to be scaled.
      const dy = tf.linspace(0.3, 1.1, ROWS);
      results.push(loss.call(y, x), tf.grad((z: tf.Tensor) => loss.call(y, z))(x, dy));
    }
    results.push(loss.call(y, results[1], {training: false}));
    return results.map((result) => Array.from(result.dataSync()));
  });
}

for (const cls of concrete(Loss)) {
  test.serial(
    `${cls.className}: if the heap grows at each of its allocations, the result is the same, bit for bit`,
    async (t) => {
      for (const [form, tensor] of Object.entries(FORMS)) {
        let backend = await freshHeap();
        // Made alike, seeds included.
        const again = cls as unknown as typeof SoftmaxCrossEntropy;
        const config = (make(cls) as Loss).getConfig();
        const run = () => evaluate(again.fromConfig(again, config), tensor);
        const {value: expected, allocations} = await whileGrowing(backend, () => false, run);
        t.true(expected.flat().every(Number.isFinite), form);
        let grown = 0;
        for (let at = 0; at < allocations; at++) {
          if (!canGrow(backend)) backend = await freshHeap();
          const outcome = await whileGrowing(backend, (i) => i === at, run);
          t.deepEqual(outcome.value, expected, `${form}, allocation ${at} of ${allocations}`);
          grown += outcome.grown;
        }
        t.true(grown >= allocations, `${form}: ${grown} growths`);
      }
    },
  );
}
