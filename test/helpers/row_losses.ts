import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import {ClassFrequency, type Loss} from '../../src';
import {useBackend} from './backends';
import {useGpuLikeBackend} from './gpu_like';
import {evaluateLoss, labelTensors} from './loss_cases';
import {FLOOR, largestRelativeError} from './loss_fixtures';
import {reload, smallData, smallModel, weightsOf} from './models';

/** A batch of a fixture: the loss is the mean over rows, the gradient that of this mean. */
export interface ReferenceBatch {
  logits: number[][];
  labels: number[];
  loss: number;
  gradient: number[][];
  positiveGradient?: number[];
  negativeGradient?: number[];
}

export interface ReferenceEntry {
  options: Record<string, never>;
  imageCounts?: number[];
  numImages?: number;
  batches: ReferenceBatch[];
}

/** The entry of that name in each of the files of test/fixtures/loss-fixtures. */
export function referenceEntries(name: string): ReferenceEntry[] {
  return [1, 2, 3].map((i) => {
    const path = join(__dirname, `../fixtures/loss-fixtures/losses-${i}.json`);
    return JSON.parse(readFileSync(path, 'utf8'))[name] as ReferenceEntry;
  });
}

/** Runs the batches of the named entries in sequence, on cpu and wasm, to 1e-6 relative. */
export async function agreesWithReference<L extends Loss>(
  t: ExecutionContext,
  name: string,
  make: (entry: ReferenceEntry & {freqInfo: ClassFrequency}) => L,
  options: {
    /** Of the gradient, relative. Default: 1e-6. */
    tolerance?: number;
    /** Where relative errors of the gradient end. Default: 1e-8. */
    floor?: number;
    after?: (loss: L, batch: ReferenceBatch, what: string) => void;
  } = {},
): Promise<void> {
  const {tolerance = 1e-6, floor = FLOOR, after = () => {}} = options;
  for (const backend of ['cpu', 'wasm'] as const) {
    await useBackend(backend);
    for (const [file, entry] of referenceEntries(name).entries()) {
      const {imageCounts = [1], numImages = 1} = entry;
      const loss = make({...entry, freqInfo: new ClassFrequency({imageCounts, numImages})});
      for (const [i, batch] of entry.batches.entries()) {
        const what = `${name}, file ${file + 1}, batch ${i}, ${backend}`;
        const {mean, gradient} = meanAndGradient(loss, batch);
        t.true(largestRelativeError([mean], [batch.loss], FLOOR) < 1e-6, `loss of ${what}: ${mean}`);
        const error = largestRelativeError(gradient, batch.gradient.flat(), floor);
        t.true(error < tolerance, `gradient of ${what}: ${error}`);
        after(loss, batch, what);
      }
    }
  }
}

/** The mean of the rows' losses, and its gradient by the logits. */
export function meanAndGradient(loss: Loss, {logits, labels}: Pick<ReferenceBatch, 'logits' | 'labels'>) {
  return tf.tidy(() => {
    const rows = labels.length;
    const {value, grads} = tf.valueAndGrads((z: tf.Tensor) => loss(tf.tensor1d(labels, 'int32'), z))(
      [tf.tensor2d(logits)],
      tf.fill([rows], 1 / rows),
    );
    const mean = value.dataSync<'float32'>().reduce((sum, x) => sum + x, 0) / rows;
    return {mean, gradient: Array.from(grads[0].dataSync())};
  });
}

/** Losses and gradients of two losses agree, to `tolerance` relative, for hard and soft labels. */
export function areTheSame(t: ExecutionContext, one: Loss, other: Loss, classes = 5, tolerance = 1e-6): void {
  const logits = tf.randomNormal([6, classes], 0, 4, 'float32', 7);
  const hard = tf.tensor1d([0, 1, classes - 1, 1, 0, classes - 1], 'int32');
  const soft = tf.softmax(tf.randomNormal([6, classes], 0, 1, 'float32', 8));
  for (const labels of [hard, soft]) {
    const actual = evaluateLoss(one, labels, logits);
    const expected = evaluateLoss(other, labels, logits);
    t.true(largestRelativeError(actual.values, expected.values, 1e-6) < tolerance);
    t.true(largestRelativeError(actual.gradient, expected.gradient, 1e-6) < tolerance);
  }
}

/** Every form and dtype of labels gives the same numbers, with boxes between batch and classes too. */
export function readsEveryForm(t: ExecutionContext, make: () => Loss, classes: number, background: boolean) {
  const rows = 6;
  const labels = Array.from({length: rows}, (_, r) => (r * 2) % (background ? classes + 1 : classes));
  const logits = tf.randomNormal([rows, classes], 0, 3, 'float32', 5);
  const flat = evaluateLoss(make(), tf.tensor1d(labels, 'int32'), logits);
  for (const [form, yTrue] of labelTensors(labels, [rows], classes, background)) {
    const {values, gradient} = evaluateLoss(make(), yTrue, logits);
    t.true(largestRelativeError(values, flat.values, 1e-6) < 1e-6, form);
    t.true(largestRelativeError(gradient, flat.gradient, 1e-6) < 1e-6, form);
  }
  const means = [0, 1].map((i) => flat.values.slice(3 * i, 3 * i + 3).reduce((sum, x) => sum + x) / 3);
  for (const [form, yTrue] of labelTensors(labels, [2, 3], classes, background)) {
    const {values, gradient} = evaluateLoss(make(), yTrue, tf.reshape(logits, [2, 3, classes]));
    t.true(largestRelativeError(values, means, 1e-6) < 1e-6, form);
    const thirds = flat.gradient.map((g) => g / 3);
    t.true(largestRelativeError(gradient, thirds, 1e-6) < 1e-6, form);
  }
  if (!background) {
    const column = tf.zeros([rows, classes + 1]);
    t.throws(() => make()(column, logits), {message: /background column/});
    t.throws(() => make()(tf.fill([rows], classes, 'int32'), logits), {message: /`yTrue` to hold integers/});
  }
}

/** Logits of ±1e4 give finite losses and gradients. */
export function staysFinite(t: ExecutionContext, loss: Loss, classes = 5): void {
  for (const scale of [1e4, -1e4]) {
    const logits = tf.tensor2d(
      Array.from({length: classes ** 2}, (_, i) => scale * ((i % 3) - 1)),
      [classes, classes],
    );
    const {values, gradient} = evaluateLoss(loss, tf.range(0, classes, 1, 'int32'), logits);
    t.true([...values, ...gradient].every(Number.isFinite), `${values}`);
  }
}

/** A model compiled with the loss trains, is saved, comes back, and goes on the same to the last bit. */
export async function comesBack(t: ExecutionContext, loss: Loss, background = false): Promise<Loss> {
  const model = smallModel();
  model.compile({optimizer: tf.train.momentum(0.05, 0.9), loss: loss as never});
  const {xs, ys: withBackground} = smallData(40);
  const ys = background ? withBackground : tf.mod(withBackground, tf.scalar(5, 'int32'));
  const options = {epochs: 2, batchSize: 8, shuffle: false, verbose: 0} as const;
  await model.fit(xs, ys, options);
  const again = await reload(model);
  const loaded = again.loss as unknown as Loss;
  t.is(loaded.constructor, loss.constructor);
  t.deepEqual(JSON.stringify(loaded.getConfig()), JSON.stringify(loss.getConfig()));
  const uninterrupted = await model.fit(xs, ys, options);
  const resumed = await again.fit(xs, ys, options);
  t.deepEqual(resumed.history, uninterrupted.history);
  t.deepEqual(weightsOf(again), weightsOf(model));
  return loaded;
}

function composedCases(
  loss: () => Loss,
  classes: number,
  width = classes,
): Array<{values: number[]; gradient: number[]}> {
  const logits = tf.tensor2d(
    Array.from({length: 6 * width}, (_, i) => 5 * Math.sin(i * 1.7)),
    [6, width],
  );
  const labels = Array.from({length: 6}, (_, r) => (r * 2) % classes);
  const soft = Array.from({length: 6 * classes}, (_, i) => (1 + Math.sin(i)) / (2 * classes));
  return [tf.tensor1d(labels, 'int32'), tf.tensor2d(soft, [6, classes])].map((yTrue) =>
    evaluateLoss(loss(), yTrue, logits),
  );
}

/** Composed of tfjs ops, the loss gives what it gives on cpu, to float32's precision. */
export async function composesAlike(t: ExecutionContext, make: () => Loss, classes = 5, width = classes) {
  await useBackend('cpu');
  const expected = composedCases(make, classes, width);
  await useGpuLikeBackend();
  for (const [i, {values, gradient}] of composedCases(make, classes, width).entries()) {
    t.true(largestRelativeError(values, expected[i].values, 1e-2) < 1e-5, `${values}`);
    t.true(largestRelativeError(gradient, expected[i].gradient, 1e-2) < 1e-5, `${gradient}`);
  }
  if (width === classes) staysFinite(t, make(), classes);
}
