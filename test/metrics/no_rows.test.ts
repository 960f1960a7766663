import {dirname, join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import test from 'ava';
import {
  BalancedAccuracy,
  ClassFrequency,
  EqualizationLoss,
  ForegroundAccuracy,
  GroupAccuracy,
  SoftmaxEqualizationLoss,
} from '../../src';
import {leaveBehind} from '../helpers/leave_behind';

// TensorFlow.js's own wasm kernels, without those of src/kernels/wasm.
tf.enableProdMode();
setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist/'));
const freqInfo = new ClassFrequency({imageCounts: [500, 30, 2], numImages: 600});
const BATCHES = [[0], [1, 0], [3, 0], [0, 4], [2, 0, 3]];

/** Labels of every form for batches without a row, with predictions of 3 classes. */
function* labelsAndLogits() {
  for (const batch of BATCHES) {
    const logits = tf.zeros([...batch, 3]);
    yield {name: `integers [${batch}]`, labels: tf.zeros(batch, 'int32'), logits};
    yield {name: `one-hot [${batch}, 3]`, labels: tf.zeros([...batch, 3]), logits};
    yield {name: `with background [${batch}, 4]`, labels: tf.zeros([...batch, 4]), logits};
  }
}

test.before(async () => {
  await tf.setBackend('wasm');
  leaveBehind(1e6);
});

test.serial('metrics of no rows are NaN on wasm', (t) => {
  const group = (name: string) => new GroupAccuracy({group: name, freqInfo});
  const metrics = [
    new BalancedAccuracy(),
    new ForegroundAccuracy(),
    ...['rare', 'common', 'frequent'].map(group),
  ];
  for (const {name, labels, logits} of labelsAndLogits()) {
    for (const metric of metrics)
      t.deepEqual([...metric(labels, logits).dataSync()], [Number.NaN], `${metric.name} of ${name}`);
  }
});

test.serial('counts of metrics over no rows add nothing to a pass on wasm', (t) => {
  const {labels, logits} = [...labelsAndLogits()][0];
  for (const metric of [
    new BalancedAccuracy(),
    new ForegroundAccuracy(),
    new GroupAccuracy({group: 'rare', freqInfo}),
  ]) {
    for (const count of metric.statistics(labels, logits))
      t.true(count.dataSync().every((value) => value === 0));
  }
});

test.serial('losses of no rows, and their gradients, are empty or 0 on wasm', (t) => {
  const options = {lambda: 0.1, freqInfo};
  for (const loss of [
    new EqualizationLoss(options),
    new EqualizationLoss({...options, fromLogits: false}),
    new EqualizationLoss({...options, gamma: 0.5, seed: 1}),
    new SoftmaxEqualizationLoss({...options, seed: 1}),
  ]) {
    for (const {name, labels, logits} of labelsAndLogits()) {
      if (loss instanceof SoftmaxEqualizationLoss && name.startsWith('with')) continue;
      const losses = loss(labels, logits);
      t.deepEqual([...losses.dataSync()], new Array(logits.shape[0]).fill(0), `${loss.name} of ${name}`);
      const gradient = tf.grad((z: tf.Tensor) => loss(labels, z))(logits);
      t.deepEqual(gradient.shape, logits.shape);
    }
  }
});
