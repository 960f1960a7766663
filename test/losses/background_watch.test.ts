import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {parseLabels} from '../../src/labels';
import {BackgroundWatch} from '../../src/losses/background_watch';
import {useBackend} from '../helpers/backends';
import {useGpuLikeBackend} from '../helpers/gpu_like';
import {labelTensors} from '../helpers/loss_cases';

const parse = (yTrue: tf.Tensor) => parseLabels(yTrue, tf.zeros([2, 3]));
const foreground = () => parse(tf.tensor1d([0, 2], 'int32'));

function watch() {
  const warnings: number[] = [];
  const watched = new BackgroundWatch((batches) => warnings.push(batches));
  const observe = (times: number, labels = foreground()) => {
    for (let i = 0; i < times; ++i) watched.observe(labels);
  };
  return {warnings, observe};
}

test.beforeEach(() => useBackend('cpu'));

test.serial('it warns once, at the 50th batch without background', (t) => {
  const {warnings, observe} = watch();
  observe(49);
  t.deepEqual(warnings, []);
  observe(1);
  t.deepEqual(warnings, [50]);
  observe(200);
  t.deepEqual(warnings, [50]);
});

test.serial('one background row in time, in any form of labels, and it never warns', (t) => {
  for (const [form, yTrue] of labelTensors([1, 3], [2], 3)) {
    const {warnings, observe} = watch();
    observe(49);
    observe(1, parse(yTrue));
    observe(200);
    t.deepEqual(warnings, [], form);
  }
});

test.serial('a soft row that is background by more than one half is background', (t) => {
  for (const row of [
    [0.1, 0, 0.2],
    [0.125, 0.25, 0, 0.625],
  ]) {
    const {warnings, observe} = watch();
    observe(49);
    observe(1, parseLabels(tf.tensor2d([row]), tf.zeros([1, 3])));
    observe(200);
    t.deepEqual(warnings, [], `${row}`);
  }
});

test.serial('foreground rows in any form are no background', (t) => {
  for (const [form, yTrue] of labelTensors([1, 2], [2], 3)) {
    const {warnings, observe} = watch();
    observe(50, parse(yTrue));
    t.deepEqual(warnings, [50], form);
  }
  const {warnings, observe} = watch();
  observe(50, parse(tf.tensor2d([0.6, 0, 0, 0.3, 0, 0.4], [2, 3])));
  t.deepEqual(warnings, [50], 'soft labels');
});

test.serial('labels that are rejected count as no batch', (t) => {
  const {warnings, observe} = watch();
  observe(49);
  t.throws(() => observe(1, parse(tf.tensor1d([0, 4], 'int32'))), {name: 'ValueError'});
  t.deepEqual(warnings, []);
  observe(1);
  t.deepEqual(warnings, [50]);
});

test.serial('where labels cannot be read at once, nothing is watched', async (t) => {
  await useGpuLikeBackend();
  const {warnings, observe} = watch();
  observe(60);
  t.deepEqual(warnings, []);
});

test.serial('a background row is found wherever it is among many', (t) => {
  const rows = 12_000;
  for (const at of [0, 5_461, rows - 1]) {
    const {warnings, observe} = watch();
    const hot = new Float32Array(3 * rows).map((_, i) => Number(i % 3 === 1 && Math.floor(i / 3) !== at));
    observe(50, parseLabels(tf.tensor2d(hot, [rows, 3]), tf.zeros([rows, 3])));
    t.deepEqual(warnings, [], `${at}`);
  }
});
