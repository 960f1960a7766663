import * as tf from '@tensorflow/tfjs';
import {ClassFrequencyCounter, EqualizationLoss, SoftmaxEqualizationLoss} from '../../src';
import type {LossAttrs} from '../../src/kernels/losses/registered_pass';
import {read} from './evaluate';
import {assert, check} from './harness/check';
import {countDispatches} from './harness/count_dispatches';
import type {Family, KernelCase} from './kernel_cases';
import {caseTensors, compareWithClosedForm, evaluated, runKernels} from './run_kernels';

const FAMILIES: Family[] = ['sigmoid', 'softmax'];

/** Integer labels `r mod (C + 1)`, or `r mod C` where there is no background; logits −8 … 8; every third class rare. */
function example(
  family: Family,
  rows: number,
  classes: number,
  changes: Partial<KernelCase> = {},
): KernelCase {
  const background = family === 'sigmoid';
  return {
    family,
    dtype: 'int32',
    labels: Array.from({length: rows}, (_, row) => row % (background ? classes + 1 : classes)),
    predictions: Array.from({length: rows * classes}, (_, i) => Math.fround(8 * Math.sin(12.9898 * i))),
    layout: {logits: 'plain', labels: 'plain'},
    ...changes,
    attrs: {
      form: 'index',
      rows,
      classes,
      background,
      tail: Float64Array.from({length: classes}, (_, j) => (j % 3 === 0 ? 1 : j % 3 === 1 ? 0 : 0.4)),
      beta: 1,
      fromLogits: true,
      ...changes.attrs,
    } as LossAttrs,
  };
}

for (const family of FAMILIES) {
  check(`${family}: a million classes, and more rows than a dispatch has workgroups`, async () => {
    await compareWithClosedForm(example(family, 8, 1_000_000));
    await compareWithClosedForm(example(family, 70_001, 3));
  });

  check(`${family}: no rows give no losses`, async () => {
    for (const form of ['index', 'multiHot'] as const) {
      const {losses, gradient} = await evaluated(
        example(family, 0, 3, {attrs: {form} as LossAttrs, labels: [], predictions: []}),
      );
      assert(losses.length === 0 && gradient.length === 0, `${losses}, ${gradient}`);
    }
  });

  check(`${family}: NaN logits show even where they weigh nothing, in their row alone`, async () => {
    const nan = example(family, 3, 4, {labels: [1, 1, 1]});
    // Class 0 is rare: in a row of class 1 its weight is 0.
    nan.predictions[4] = Number.NaN;
    const {losses, gradient} = await evaluated(nan);
    assert(losses.map(Number.isNaN).join() === 'false,true,false', `${losses}`);
    const bad = gradient.map(Number.isNaN);
    assert(bad[4] && !bad.slice(0, 4).includes(true) && !bad.slice(8).includes(true), `${gradient}`);
  });

  check(`${family}: infinite logits cost nothing where they weigh nothing`, async () => {
    const infinite = example(family, 2, 4, {labels: [1, 1]});
    infinite.predictions[0] = Number.POSITIVE_INFINITY;
    infinite.predictions[6] = Number.NEGATIVE_INFINITY;
    infinite.attrs.tail = Float64Array.of(1, 0, 0, 0);
    const {losses, gradient} = await evaluated(infinite);
    assert([...losses, ...gradient].every(Number.isFinite), `${losses}, ${gradient}`);
    assert(gradient[0] === 0 && gradient[6] === 0, `${gradient}`);
    await compareWithClosedForm(infinite);
  });

  check(`${family}: labels of mixed and smoothed images, next to infinite logits too`, async () => {
    // One class, two, background, smoothed, mixed with background, more than one class and background.
    const rows = [
      [1, 0, 0, 0],
      [0.25, 0.75, 0, 0],
      [0, 0, 0, 1],
      [1 / 128, 1 / 128, 1 / 128, 125 / 128],
      [0.25, 0, 0, 0.75],
      [0.75, 0.75, 0, 0.25],
      [1, 0, 0, 1],
    ];
    for (const form of ['multiHot', 'multiHotWithBackground'] as const) {
      const width = form === 'multiHot' ? 3 : 4;
      const labels = rows.flatMap((row) => row.slice(0, width));
      const tail = Float64Array.of(1, 0, 1);
      const mixed = example(family, rows.length, 3, {
        labels,
        dtype: 'float32',
        attrs: {form, tail} as LossAttrs,
      });
      // A softmax without a label costs nothing, which its closed form does not know.
      if (family === 'softmax') mixed.labels.fill(0.5, 2 * width, 2 * width + 2);
      await compareWithClosedForm(mixed);
      if (family === 'softmax') continue;
      // Class 2 is spared as a whole, in part and not at all.
      for (let row = 0; row < rows.length; ++row) mixed.predictions[3 * row + 2] = Number.POSITIVE_INFINITY;
      await compareWithClosedForm(mixed);
      const {losses} = await evaluated(mixed);
      const finite = form === 'multiHot' ? [0, 1, 5, 6] : [0, 1, 6];
      assert(
        losses.every((loss, row) => Number.isFinite(loss) === finite.includes(row)),
        `${form}: ${losses}`,
      );
    }
  });

  check(`${family}: an integer label out of range, broken or NaN makes its row NaN`, async () => {
    const highest = family === 'sigmoid' ? 4 : 3;
    const labels = [0, -1, highest, highest + 1, 1.5, Number.NaN];
    const {losses, gradient} = await evaluated(example(family, 6, 4, {labels, dtype: 'float32'}));
    const expected = [false, true, false, true, true, true];
    assert(losses.map(Number.isNaN).join() === expected.join(), `${losses}`);
    const rows = expected.flatMap((bad) => [bad, bad, bad, bad]);
    assert(gradient.map(Number.isNaN).join() === rows.join(), `${gradient}`);
  });

  // Short rows, and rows that are added up in parts.
  for (const classes of [3, 1230]) {
    check(
      `${family}, ${classes} classes: a label outside 0 … 1 makes its row NaN, background's too`,
      async () => {
        for (const form of ['multiHot', 'multiHotWithBackground'] as const) {
          const width = form === 'multiHot' ? classes : classes + 1;
          for (const column of [0, width - 1]) {
            const values = [255, -1, 1.01, -0.01, Number.NaN, 1.0005, -0.0005, 1, 0];
            const dtypes = ['float32', 'int32'] as const;
            for (const dtype of dtypes) {
              const used = dtype === 'int32' ? [255, -1, 2, 1, 0] : values;
              const labels = used.flatMap((value) => {
                const row = new Array<number>(width).fill(0);
                row[1] = 1;
                row[column] = value;
                return row;
              });
              const one = example(family, used.length, classes, {labels, dtype, attrs: {form} as LossAttrs});
              const {losses, gradient} = await evaluated(one);
              const expected = used.map((value) => !(value >= -0.001 && value <= 1.001));
              const what = `${form} ${dtype} ${column}: ${losses}`;
              assert(losses.map(Number.isNaN).join() === expected.join(), what);
              assert(
                gradient.every((x, i) => Number.isNaN(x) === expected[Math.floor(i / classes)]),
                `gradient, ${what}`,
              );
            }
          }
        }
      },
    );
  }

  for (const form of ['index', 'multiHot', 'multiHotWithBackground'] as const) {
    for (const dtype of ['int32', 'float32'] as const) {
      for (const layout of ['plain', 'packed', 'sliced'] as const) {
        const name = `${family}, ${form} ${dtype}, ${layout}`;
        check(`${name}: at most three dispatches for loss and gradient, and nothing is left`, async () => {
          const [rows, classes] = [12, 1230];
          const width = {index: 0, multiHot: classes, multiHotWithBackground: classes + 1}[form];
          const one = example(family, rows, classes, {
            dtype,
            layout: {logits: layout, labels: layout},
            attrs: {form} as LossAttrs,
          });
          if (width > 0) {
            one.labels = one.labels.flatMap((label) =>
              Array.from({length: width}, (_, j) => (j === label ? 1 : 0)),
            );
          }
          const tensors = caseTensors(one);
          // Uploads what is not on the GPU yet.
          tf.dispose(runKernels(one, tensors));
          const before = [tf.memory().numTensors, tf.backend().numDataIds()];
          const dispatches = countDispatches(() => {
            const outcome = runKernels(one, tensors);
            const {numTensors} = tf.memory();
            assert(numTensors === before[0] + 2, `${numTensors - before[0]} tensors instead of 2`);
            tf.dispose(outcome);
          });
          assert(dispatches > 0 && dispatches <= 3, `${dispatches} dispatches`);
          const after = [tf.memory().numTensors, tf.backend().numDataIds()];
          assert(after.join() === before.join(), `${after} tensors and data ids, ${before} before`);
          await compareWithClosedForm(one);
          tf.dispose(tensors);
        });
      }
    }
  }
}

check(
  'EqualizationLoss takes at most three dispatches, the tape and the reshapes around it included',
  async () => {
    const model = tf.sequential({layers: [tf.layers.dense({units: 200, inputShape: [8]})]});
    const logits = model.predict(tf.randomNormal([3, 4, 8]).reshape([12, 8])) as tf.Tensor;
    const freqInfo = Array.from({length: 200}, (_, j) => 1 / (j + 1));
    const y = tf.range(0, 12, 1, 'int32');
    const dy = tf.ones([12]);
    for (const loss of [
      new EqualizationLoss({lambda: 0.01, freqInfo, gamma: 0.9, seed: 1}),
      new SoftmaxEqualizationLoss({lambda: 0.01, freqInfo, seed: 1}),
    ]) {
      const step = () => tf.dispose(tf.grads((z: tf.Tensor) => loss.call(y, z))([logits], dy));
      step();
      const dispatches = countDispatches(step);
      assert(dispatches > 0 && dispatches <= 3, `${loss.getClassName()}: ${dispatches} dispatches`);
    }
    tf.dispose([logits, y, dy]);
    model.dispose();
  },
);

check('frequencies that change at every step take no more and more memory', async () => {
  const counter = new ClassFrequencyCounter({numClasses: 4});
  const loss = new EqualizationLoss({lambda: 0.1, freqInfo: counter});
  const [z, y] = [tf.zeros([2, 4]), tf.tensor1d([0, 1], 'int32')];
  const ids: number[] = [];
  for (let step = 0; step < 100; ++step) {
    counter.add(step % 4);
    const [losses] = await read(tf.tidy(() => [loss.call(y, z)]));
    assert(losses.every(Number.isFinite), `${losses}`);
    ids.push(tf.backend().numDataIds());
  }
  assert(ids[99] === ids[50], `${ids}`);
  tf.dispose([z, y]);
});
