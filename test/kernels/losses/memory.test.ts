import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {EqualizationLoss, SoftmaxEqualizationLoss} from '../../../src';
import {bytesMadeInJavaScript, peakOfWasmHeap} from '../../helpers/allocations';
import {useBackend} from '../../helpers/backends';
import {hot} from '../../helpers/loss_cases';

// The shape of a detector's second stage: 512 boxes, the classes of LVIS.
const [ROWS, CLASSES] = [512, 1230];
const LOGITS = 4 * ROWS * CLASSES;

const freqInfo = Float64Array.from({length: CLASSES}, (_, j) => (j % 3 ? 1e-4 : 0.1));
const losses = {
  sigmoid: () => new EqualizationLoss({lambda: 1e-3, freqInfo}),
  'sigmoid, β drawn': () => new EqualizationLoss({lambda: 1e-3, freqInfo, gamma: 0.5, seed: 1}),
  softmax: () => new SoftmaxEqualizationLoss({lambda: 1e-3, freqInfo, seed: 1}),
};

function labelForms(): Record<string, tf.Tensor> {
  const labels = Array.from({length: ROWS}, (_, row) => (row * 7) % CLASSES);
  const dense = hot(labels, CLASSES);
  return {
    'int32 integers': tf.tensor1d(labels, 'int32'),
    'float32 integers': tf.tensor1d(labels, 'float32'),
    'float32 one-hot': tf.tensor2d(dense, [ROWS, CLASSES], 'float32'),
    'int32 one-hot': tf.tensor2d(dense, [ROWS, CLASSES], 'int32'),
    'bool one-hot': tf.tensor2d(dense, [ROWS, CLASSES], 'bool'),
  };
}

/** What each form of labels costs in a loss and its gradient, in multiples of the logits' bytes. */
function costs(
  t: ExecutionContext,
  make: () => EqualizationLoss | SoftmaxEqualizationLoss,
  measure: (compute: () => void) => number,
): Record<string, number> {
  const forms = labelForms();
  const z = tf.randomNormal([ROWS, CLASSES], 0, 1, 'float32', 1);
  const dy = tf.fill([ROWS], 1 / ROWS);
  const byForm = Object.entries(forms).map(([form, y]) => {
    const loss = make();
    // Until it has seen background, the sigmoid loss reads the labels of its first batches once more, to throw if there
    // is none: in JavaScript, where that may be a copy of them.
    if (loss instanceof EqualizationLoss) {
      const background = tf.fill([ROWS], CLASSES, 'int32');
      tf.dispose(tf.grads((x: tf.Tensor) => loss(background, x))([z], dy));
    }
    const gradient = tf.grads((x: tf.Tensor) => loss(y, x));
    const bytes = measure(() => tf.dispose(gradient([z], dy)));
    t.true(bytes >= LOGITS, `${form}: the gradient itself was not counted`);
    return [form, bytes / LOGITS];
  });
  tf.dispose([z, dy, forms]);
  return Object.fromEntries(byForm);
}

test.serial('on cpu the first call makes a small memory for WebAssembly, once', async (t) => {
  await useBackend('cpu');
  const [first, second] = [1, 2].map(() => costs(t, losses.softmax, bytesMadeInJavaScript)['int32 integers']);
  t.true(first <= 2.1, `${first}`);
  t.true(first - second > 0.1 && second < 1.1, `${first}, then ${second}`);
});

for (const [name, make] of Object.entries(losses)) {
  test.serial(
    `wasm allocates the gradient and nothing more, whatever form labels have (${name})`,
    async (t) => {
      await useBackend('wasm');
      let made = 0;
      const measure = (compute: () => void) =>
        peakOfWasmHeap(tf.backend(), () => {
          made = Math.max(made, bytesMadeInJavaScript(compute));
        });
      const byForm = costs(t, make, measure);
      for (const [form, cost] of Object.entries(byForm)) {
        t.true(cost + made / LOGITS <= 1.1, `${form}: ${cost} and ${made} bytes of JavaScript`);
        t.true(Math.abs(cost - byForm['int32 integers']) < 0.01, form);
      }
    },
  );

  test.serial(`cpu allocates the gradient and a block, whatever form labels have (${name})`, async (t) => {
    await useBackend('cpu');
    const byForm = costs(t, make, bytesMadeInJavaScript);
    for (const [form, cost] of Object.entries(byForm)) {
      t.true(cost <= 2.1, `${form}: ${cost}`);
    }
  });
}
