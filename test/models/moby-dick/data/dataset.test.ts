import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {CROP_SIDE} from '../../../../models/moby-dick/data/crops';
import {cropDataset, scanBatches, trainingBatches} from '../../../../models/moby-dick/data/dataset';

tf.enableProdMode();

const SIZE = 10;
/** Crop i is all of gray level 25 · i and of class i. */
const crops = {
  images: new Uint8Array(SIZE * CROP_SIDE ** 2).map((_, at) => 25 * Math.floor(at / CROP_SIDE ** 2)),
  labels: Uint8Array.from({length: SIZE}, (_, i) => i),
};

/** Labels of one pass, in order; checks on the way that every crop kept its label and its gray. */
async function pass(t: import('ava').ExecutionContext, batches: ReturnType<typeof trainingBatches>) {
  const labels: number[] = [];
  await batches.forEachAsync(({xs, ys}) => {
    const own = Array.from(ys.dataSync());
    t.deepEqual(xs.shape, [own.length, CROP_SIDE, CROP_SIDE, 1]);
    const pixels = xs.dataSync();
    own.forEach((label, row) => {
      const crop = pixels.subarray(row * CROP_SIDE ** 2, (row + 1) * CROP_SIDE ** 2);
      t.true(crop.every((value) => Math.abs(value - (25 * label) / 255) < 1e-6));
    });
    labels.push(...own);
    tf.dispose([xs, ys]);
  });
  return labels;
}

test.serial('single crops come in order, as gray levels with their class', async (t) => {
  const elements = await cropDataset(tf.data, crops).toArray();
  t.deepEqual(
    elements.map(({ys}) => ys),
    [...crops.labels],
  );
  elements.forEach(({xs}, i) => {
    t.deepEqual(new Set(xs), new Set([25 * i]));
  });
});

test.serial(
  'an epoch has every crop once, and each epoch another order, the same for the same seed',
  async (t) => {
    const batches = (seed: number) =>
      trainingBatches(cropDataset(tf.data, crops), SIZE, {batchSize: 4, seed});
    const [one, same, other] = [batches(1), batches(1), batches(2)];
    const epochs = [await pass(t, one), await pass(t, one)];
    for (const labels of epochs) t.deepEqual([...labels].sort(), [...crops.labels]);
    t.notDeepEqual(epochs[0], epochs[1]);
    t.deepEqual([await pass(t, same), await pass(t, same)], epochs);
    t.notDeepEqual(await pass(t, other), epochs[0]);
  },
);

test.serial('a pass leaves no tensor behind', async (t) => {
  const batches = trainingBatches(cropDataset(tf.data, crops), SIZE, {batchSize: 4, seed: 1});
  await pass(t, batches);
  const before = tf.memory().numTensors;
  await pass(t, batches);
  t.is(tf.memory().numTensors, before);
});

test.serial(
  'batches of scans: each pass draws every crop once, in fresh crops and another order',
  async (t) => {
    const size = CROP_SIDE ** 2;
    const drawn: number[] = [];
    const scans = {
      classes: [...'0123456789'],
      labels: crops.labels,
      crops: (epoch: number) => {
        drawn.push(epoch);
        const images = crops.images.map((level) => level + epoch);
        return {images, labels: crops.labels, classes: [...'0123456789']};
      },
    };
    const batches = scanBatches(tf.data, scans, {batchSize: 4, seed: 1});
    const orders: number[][] = [];
    for (const epoch of [0, 1]) {
      const labels: number[] = [];
      await batches.forEachAsync(({xs, ys}) => {
        const own = Array.from(ys.dataSync());
        t.deepEqual(xs.shape, [own.length, CROP_SIDE, CROP_SIDE, 1]);
        const pixels = xs.dataSync();
        own.forEach((label, row) => {
          t.is(pixels[row * size], Math.fround((25 * label + epoch) / 255));
        });
        labels.push(...own);
        tf.dispose([xs, ys]);
      });
      t.deepEqual([...labels].sort(), [...crops.labels]);
      orders.push(labels);
    }
    t.deepEqual(drawn, [0, 1]);
    t.notDeepEqual(orders[0], orders[1]);
  },
);
