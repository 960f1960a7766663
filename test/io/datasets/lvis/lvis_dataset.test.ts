import {mkdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {matchProposals} from '../../../../src/detection';
import {type LvisElement, lvisDataset} from '../../../../src/io/datasets/lvis/lvis_dataset';
import {annotationFile, writer} from './annotation_file';

const write = writer();
const file = write('lvis.json', JSON.stringify(annotationFile()));
const directory = dirname(file);
mkdirSync(join(directory, 'train2017'));
for (const [i, name] of ['train2017/000000000002.jpg', 'four.png', 'nine.png'].entries())
  write(name, new Uint8Array([i]));

/** 2 × 3 pixels of the level that the file holds. */
const decode = (bytes: Uint8Array) => ({data: new Uint8Array(18).fill(bytes[0]), height: 2, width: 3});

test('reads images with their boxes and classes', async (t) => {
  const dataset = await lvisDataset(file, directory, {decode});
  t.is(dataset.length, 3);
  t.deepEqual(dataset.categoryIds, [3, 8]);
  t.deepEqual(dataset.classes, [[0], [], [1]]);
  t.deepEqual([...dataset.freqInfo.imageCounts], [2, 1]);
  const found: unknown[] = [];
  await tf.data
    .generator(() => dataset.elements())
    .forEachAsync(({image, boxes, labels, imageId}) => {
      found.push([
        imageId,
        image.shape,
        image.dtype,
        image.dataSync()[0],
        [...boxes.dataSync()],
        [...labels.dataSync()],
      ]);
    });
  t.deepEqual(found, [
    [2, [2, 3, 3], 'int32', 0, [0, 0, 2, 3], [0]],
    [4, [2, 3, 3], 'int32', 1, [], []],
    // y1, x1, y2, x2; the crowd is left out.
    [9, [2, 3, 3], 'int32', 2, [0, 1, 1.5, 3, 0, 1, 1.5, 3], [1, 1]],
  ]);
});

test('matchProposals takes its elements, even without objects', async (t) => {
  const dataset = await lvisDataset(annotationFile() as never, directory, {decode});
  for (const index of [0, 1]) {
    const {boxes, labels} = await dataset.get(index);
    const proposals = [[0, 0, 2, 3]];
    const matched = matchProposals(
      proposals,
      {boxes, labels},
      {numClasses: 2, seed: 1, foregroundFraction: 1},
    );
    t.deepEqual([...matched.labels.dataSync()], [index === 0 ? 0 : 2]);
  }
});

test('each pass has its own order, determined by the seed', async (t) => {
  const orders = async (seed?: number) => {
    const images = await lvisDataset(file, directory, {decode, seed});
    const dataset = tf.data.generator(() => images.elements());
    const passes: number[][] = [];
    for (let pass = 0; pass < 6; ++pass) {
      passes.push((await dataset.toArray()).map(({imageId}) => imageId as number));
    }
    return passes;
  };
  const shuffled = await orders(1);
  t.deepEqual(await orders(1), shuffled);
  t.true(new Set(shuffled.map(String)).size > 2);
  t.true(shuffled.every((order) => [...order].sort().join() === '2,4,9'));
  t.deepEqual(new Set((await orders()).map(String)), new Set(['2,4,9']));
});

test('images without objects may be left out', async (t) => {
  const dataset = await lvisDataset(file, directory, {decode, keepEmpty: false});
  t.deepEqual(dataset.classes, [[0], [1]]);
  const {imageId, ...tensors}: LvisElement = await dataset.get(1);
  t.is(imageId, 9);
  tf.dispose({...tensors});
});

test("refuses an image whose size differs from the file's", async (t) => {
  const dataset = await lvisDataset(file, directory, {
    decode: () => ({data: new Uint8Array(18), height: 3, width: 2}),
  });
  await t.throwsAsync(dataset.get(0), {
    name: 'ValueError',
    message: /`images\[1\]` to be of 3 × 2 pixels.*Received: "2 × 3"/,
  });
  await t.throwsAsync(dataset.get(3), {name: 'ValueError', message: /`index`/});
});

test('refuses wrong options', async (t) => {
  const wrong: [unknown, RegExp][] = [
    [{decoder: decode}, /did you mean "decode"/],
    [{decode: 3}, /`decode` to be a function/],
    [{seed: 0.5}, /`seed` to be an integer/],
    [{keepEmpty: 1}, /`keepEmpty` to be true or false/],
  ];
  for (const [options, message] of wrong) {
    await t.throwsAsync(lvisDataset(file, directory, options as never), {name: 'ValueError', message});
  }
  await t.throwsAsync(lvisDataset(file, undefined as never), {message: /`imageDirectory`/});
});
