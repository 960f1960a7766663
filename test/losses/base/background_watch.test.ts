import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {parseLabels} from '../../../src/labels/labels';
import {BackgroundWatch} from '../../../src/losses/base/background_watch';
import {useBackend} from '../../helpers/backends';
import {useGpuLikeBackend} from '../../helpers/gpu_like';
import {labelTensors} from '../../helpers/loss_cases';
import {useWebGpuLikeBackend} from '../../helpers/webgpu_like';

const parse = (yTrue: tf.Tensor, rows = 2) => parseLabels(yTrue, tf.zeros([rows, 3]));
const foreground = () => parse(tf.tensor1d([0, 2], 'int32'));

class Refused extends Error {}

/** A watch, and what it refused, batch by batch. */
function watch() {
  const refusals: number[] = [];
  const watched = new BackgroundWatch((batches) => {
    refusals.push(batches);
    throw new Refused();
  });
  const observe = (times: number, labels = foreground()) => {
    for (let i = 0; i < times; ++i) {
      try {
        watched.observe(labels);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
  };
  return {refusals, observe};
}

const readsDone = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Backends, and what lets the answers come that a backend gives late. */
const BACKENDS: Array<[string, () => Promise<void>, () => Promise<unknown>]> = [
  ['cpu', () => useBackend('cpu'), async () => {}],
  ['gpu-like', useGpuLikeBackend, readsDone],
  ['webgpu-like', useWebGpuLikeBackend, readsDone],
];

test.beforeEach(() => useBackend('cpu'));
test.afterEach(readsDone);

test.serial('it rejects the 50th batch without background, and those after it', (t) => {
  const {refusals, observe} = watch();
  observe(49);
  t.deepEqual(refusals, []);
  observe(1);
  t.deepEqual(refusals, [50]);
  observe(200);
  t.deepEqual(refusals, new Array(201).fill(50));
});

test.serial('after a rejection, a batch with background ends it', (t) => {
  const {refusals, observe} = watch();
  observe(52);
  t.is(refusals.length, 3);
  observe(1, parse(tf.tensor1d([0, 3], 'int32')));
  observe(200);
  t.is(refusals.length, 3);
});

for (const [backend, use, answers] of BACKENDS.filter(([name]) => name !== 'cpu')) {
  test.serial(`a batch in which no row counts is not a batch (${backend})`, async (t) => {
    await use();
    const {refusals, observe} = watch();
    observe(60, parseLabels(tf.tensor1d([255, 255], 'int32'), tf.zeros([2, 3]), true, 255));
    await answers();
    observe(1);
    t.deepEqual(refusals, []);
    observe(49);
    await answers();
    observe(1);
    t.deepEqual(refusals, [50]);
  });
}

for (const [backend, use, answers] of BACKENDS) {
  test.serial(
    `one background row in time, in any form of labels, and it never rejects (${backend})`,
    async (t) => {
      await use();
      for (const [form, yTrue] of labelTensors([1, 3], [2], 3)) {
        const {refusals, observe} = watch();
        observe(49);
        observe(1, parse(yTrue));
        await answers();
        observe(200);
        t.deepEqual(refusals, [], form);
      }
    },
  );

  test.serial(`foreground rows in any form are not background (${backend})`, async (t) => {
    await use();
    for (const [form, yTrue] of labelTensors([1, 2], [2], 3)) {
      const {refusals, observe} = watch();
      observe(49, parse(yTrue));
      await answers();
      t.deepEqual(refusals, [], form);
      observe(1, parse(yTrue));
      await answers();
      if (backend !== 'cpu') observe(1, parse(yTrue));
      t.deepEqual(refusals, [50], form);
    }
  });

  test.serial(`soft rows are background if they are foreground by half or less (${backend})`, async (t) => {
    await use();
    const [column, without] = [
      // E(r) = 1 − the background column, or 0 where no class is positive.
      [
        [[0.1, 0, 0, 0.49], false],
        [[0.3, 0.3, 0, 0.4], false],
        [[0.9, 0.9, 0, 0], false],
        [[0.1, 0, 0, 0.5], true],
        [[0.01, 0, 0, 0.99], true],
        [[0, 0, 0, 0], true],
        [[0, 0, 0, 0.2], true],
        [[0, 0, 0, 1], true],
      ],
      // E(r) = Σ_j y_j.
      [
        [[0.4, 0.3, 0], false],
        [[0.51, 0, 0], false],
        [[1, 1, 0], false],
        [[0.25, 0.25, 0], true],
        [[0.05, 0, 0], true],
        [[0, 0, 0], true],
      ],
    ] as Array<Array<[number[], boolean]>>;
    for (const [row, isBackground] of [...column, ...without]) {
      const {refusals, observe} = watch();
      const other = row.map((_, j) => Number(j === 1));
      const yTrue = tf.tensor2d([...other, ...row], [2, row.length]);
      observe(51, parse(yTrue));
      await answers();
      if (backend !== 'cpu') observe(2, parse(yTrue));
      t.is(refusals.length, isBackground ? 0 : 2, `${row}`);
    }
  });

  test.serial(`a batch without rows does not count (${backend})`, async (t) => {
    await use();
    const {refusals, observe} = watch();
    const empty = [tf.zeros([0], 'int32'), tf.zeros([0, 3]), tf.zeros([0, 4])];
    for (const yTrue of empty) observe(60, parse(yTrue, 0));
    await answers();
    observe(49);
    await answers();
    t.deepEqual(refusals, []);
    observe(1);
    await answers();
    if (backend !== 'cpu') observe(1);
    t.deepEqual(refusals, [50]);
  });
}

test.serial('a batch with rejected labels does not count', (t) => {
  const {refusals, observe} = watch();
  observe(49);
  t.throws(() => observe(1, parse(tf.tensor1d([0, 4], 'int32'))), {name: 'ValueError'});
  t.deepEqual(refusals, []);
  observe(1);
  t.deepEqual(refusals, [50]);
});

for (const [backend, use, answers] of BACKENDS.slice(1)) {
  test.serial(`if labels are read late, it rejects late, and leaks no tensor (${backend})`, async (t) => {
    await use();
    const {refusals, observe} = watch();
    const labels = foreground();
    const held = () => [tf.memory().numTensors, tf.backend().numDataIds()];
    const before = held();
    observe(60, labels);
    t.deepEqual(refusals, [], 'no answer came in between');
    // WebGPU cannot read what was disposed of: one scalar for each batch waits.
    t.deepEqual(held(), backend === 'gpu-like' ? before : before.map((count) => count + 60));
    await answers();
    t.deepEqual(held(), before);
    observe(2, labels);
    t.deepEqual(refusals, [50, 50]);
    await answers();
    t.deepEqual(held(), before);
    observe(1, parse(tf.tensor1d([0, 3], 'int32')));
    await answers();
    observe(60, labels);
    t.is(refusals.length, 3, 'the batch with background is refused as well, as its answer comes later');
  });

  test.serial(`a failed read does not count, and leaves no unhandled rejection (${backend})`, async (t) => {
    await use();
    const {refusals, observe} = watch();
    const labels = foreground();
    observe(49, labels);
    await answers();
    const {read} = tf.backend();
    tf.backend().read = async () => {
      throw new Error('device lost');
    };
    const before = tf.memory().numTensors;
    observe(5, labels);
    await answers();
    tf.backend().read = read;
    t.is(tf.memory().numTensors, before);
    observe(1, labels);
    t.deepEqual(refusals, []);
    await answers();
    observe(1, labels);
    t.deepEqual(refusals, [50]);
  });
}

test.serial('a background row is found anywhere among many', (t) => {
  const rows = 12_000;
  for (const at of [0, 5_461, rows - 1]) {
    const {refusals, observe} = watch();
    const hot = new Float32Array(3 * rows).map((_, i) => Number(i % 3 === 1 && Math.floor(i / 3) !== at));
    observe(50, parseLabels(tf.tensor2d(hot, [rows, 3]), tf.zeros([rows, 3])));
    t.deepEqual(refusals, [], `${at}`);
  }
});
