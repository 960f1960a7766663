import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {imageFolder} from '../../../src/io/datasets';
import {classAware} from '../../../src/sampling';
import {temporaryDirectory} from '../files/temporary';
import {writeBroken, writeFolder, writePicture} from './pictures';

const COUNTS = {cat: 20, owl: 5, yak: 2};

test('classes are the sorted folders, counted before any image is decoded', async (t) => {
  const root = temporaryDirectory(t);
  for (const [name, count] of Object.entries({yak: 1, cat: 3, Owl: 2})) {
    for (let i = 0; i < count; ++i) writeBroken(join(root, name, `deeper/${i}.JPG`));
  }
  writeFileSync(join(root, 'README.md'), 'not an image');
  writeFileSync(join(root, 'cat/notes.txt'), 'not an image');
  writeBroken(join(root, 'cat/.thumbnails/1.png'));
  mkdirSync(join(root, '.git/cat'), {recursive: true});
  const {
    train,
    freqInfo,
    classNames,
    unreadable,
    validation,
    test: tested,
  } = await imageFolder(root, {imageSize: 4});
  t.deepEqual(classNames, ['Owl', 'cat', 'yak']);
  t.deepEqual([...freqInfo.imageCounts], [2, 3, 1]);
  t.deepEqual(train.counts, {Owl: 2, cat: 3, yak: 1});
  t.is(freqInfo.numImages, 6);
  t.deepEqual([...train.labels], [0, 0, 1, 1, 1, 2]);
  t.deepEqual([validation, tested, unreadable], [undefined, undefined, []]);
});

test('the split is stratified, and rare classes have an image in each split', async (t) => {
  const root = await writeFolder(temporaryDirectory(t), COUNTS);
  const split = {validation: 0.1, test: 0.2};
  const open = (seed: number) => imageFolder(root, {imageSize: 4, split, seed});
  const {train, validation, test: tested, classNames} = await open(1);
  t.deepEqual(classNames, ['cat', 'owl', 'yak']);
  t.deepEqual(train.counts, {cat: 14, owl: 3, yak: 1});
  t.deepEqual(validation?.counts, {cat: 2, owl: 1, yak: 0});
  t.deepEqual(tested?.counts, {cat: 4, owl: 1, yak: 1});
  const names = [train, validation!, tested!].flatMap((one) =>
    Array.from(one.labels, (_, i) => one.nameOf(i)),
  );
  t.is(new Set(names).size, 27);
  const again = await open(1);
  t.is(again.train.nameOf(3), train.nameOf(3));
  const others = (await open(2)).test!;
  t.notDeepEqual(
    Array.from(others.labels, (_, i) => others.nameOf(i)),
    names.slice(-6),
  );
});

test('hidden folders are skipped, whatever they hold; a dot elsewhere hides nothing', async (t) => {
  const root = await writeFolder(temporaryDirectory(t), {'.cache': 2, 'etc.': 1, 'v1.0': 1});
  const {classNames, train} = await imageFolder(root, {imageSize: 4});
  t.deepEqual([classNames, train.counts], [['etc.', 'v1.0'], {'etc.': 1, 'v1.0': 1}]);
});

test('a folder that is already split keeps its split', async (t) => {
  const root = temporaryDirectory(t);
  await writeFolder(join(root, 'train'), COUNTS);
  await writeFolder(join(root, 'val'), {cat: 2, yak: 1});
  const {train, validation, test: tested} = await imageFolder(root, {imageSize: 4});
  t.deepEqual([train.counts, validation?.counts, tested], [COUNTS, {cat: 2, owl: 0, yak: 1}, undefined]);
  await t.throwsAsync(imageFolder(root, {imageSize: 4, split: {test: 0.5}}), {
    message: /^Expected `split` to be left out, as .* is split already/,
  });
});

test('folders named like splits are classes if there are other classes, or no train folder', async (t) => {
  const folders: Array<Record<string, number>> = [
    {boat: 2, train: 3},
    {test: 2, val: 1},
  ];
  for (const counts of folders) {
    const root = await writeFolder(temporaryDirectory(t), counts);
    const {classNames, train} = await imageFolder(root, {imageSize: 4});
    t.deepEqual([classNames, train.counts], [Object.keys(counts), counts]);
  }
});

test('batches hold the colors of the files, whatever their format, size, depth and transparency', async (t) => {
  const root = temporaryDirectory(t);
  await writePicture(join(root, 'a/1.png'), [255, 0, 51], [30, 20]);
  await writePicture(join(root, 'a/2.webp'), [0, 255, 102]);
  await writePicture(join(root, 'b/3.jpeg'), [0, 0, 0]);
  const {test: none, train} = await imageFolder(root, {imageSize: [2, 3], range: [-1, 1], batchSize: 8});
  t.is(none, undefined);
  const {value} = await (await train.iterator()).next();
  t.deepEqual([value.xs.shape, value.ys.dtype], [[3, 2, 3, 3], 'int32']);
  const pixels = await value.xs.array();
  const ys = await value.ys.array();
  const colors = new Set(
    pixels.map((image: number[][][], i: number) =>
      [ys[i], ...image[1][2].map((x) => Math.round(127.5 * (x + 1)))].join(),
    ),
  );
  t.deepEqual([...colors].sort(), ['0,0,255,102', '0,255,0,51', '1,0,0,0']);
  tf.dispose(value);
});

test('samplers balance classes, and fitDataset trains on it', async (t) => {
  const root = await writeFolder(temporaryDirectory(t), COUNTS);
  const options = {
    imageSize: 2,
    channels: 1,
    batchSize: 9,
    sampler: classAware,
    seed: 3,
    labelType: 'float32',
  } as const;
  const {train} = await imageFolder(root, options);
  const counts = [0, 0, 0];
  const iterator = await train.iterator();
  for (let item = await iterator.next(); !item.done; item = await iterator.next()) {
    const {xs, ys} = item.value as {xs: tf.Tensor; ys: tf.Tensor};
    for (const label of ys.dataSync()) ++counts[label];
    tf.dispose([xs, ys]);
  }
  // 27 draws from classes of 20, 5 and 2 images.
  t.is(counts[0] + counts[1] + counts[2], 27);
  t.true(Math.min(...counts) >= 5);
  const model = tf.sequential({
    layers: [tf.layers.flatten({inputShape: [2, 2, 1]}), tf.layers.dense({units: 3, activation: 'softmax'})],
  });
  model.compile({optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy'});
  const {history} = await model.fitDataset(train, {epochs: 2, verbose: 0});
  t.is(history.loss.length, 2);
});

test('unreadable images are left out and listed, or with `strict` an error', async (t) => {
  const root = await writeFolder(temporaryDirectory(t), COUNTS);
  const broken = writeBroken(join(root, 'owl/broken.png'));
  const read = async (strict: boolean) => {
    const {train, unreadable} = await imageFolder(root, {imageSize: 2, batchSize: 28, strict});
    t.is(train.length, 28);
    t.deepEqual(unreadable, []);
    const {value} = await (await train.iterator()).next();
    const rows = value.ys.shape[0];
    tf.dispose(value);
    return {rows, unreadable: train.unreadable};
  };
  const {rows, unreadable} = await read(false);
  t.is(rows, 27);
  t.deepEqual(
    unreadable.map(({name}) => name),
    [broken],
  );
  t.regex(unreadable[0].reason, /unsupported image format/);
  const error = await t.throwsAsync(read(true), {name: 'ValueError'});
  t.true(error!.message.startsWith(`Expected a readable image. Received: ${broken} (`));

  const none = temporaryDirectory(t);
  for (const name of ['a/1.png', 'b/2.png']) writeBroken(join(none, name));
  const {train} = await imageFolder(none, {imageSize: 2});
  await t.throwsAsync(async () => (await train.iterator()).next(), {
    message:
      /^Expected a batch with at least one readable image\. Received: 2 unreadable ones, .*png \(.*\) first$/,
  });
});

test('a transform changes only training samples, and its result is not cached', async (t) => {
  const root = await writeFolder(temporaryDirectory(t), COUNTS);
  const seen: number[] = [];
  const {train, test: tested} = await imageFolder(root, {
    imageSize: 2,
    batchSize: 100,
    split: {test: 0.2},
    transform: ({xs}, {index}) => {
      seen.push(index);
      xs.fill(xs[0] + 1);
    },
  });
  const first = async (dataset: typeof train) => {
    const {value} = await (await dataset.iterator()).next();
    const [least, most] = [value.xs.min(), value.xs.max()].map((x: tf.Tensor) => x.dataSync()[0]);
    tf.dispose(value);
    return [least > 1, most < 2];
  };
  t.deepEqual(await first(train), [true, true]);
  t.deepEqual(await first(train), [true, true]);
  t.is(seen.length, 2 * train.length);
  t.deepEqual(await first(tested!), [false, true]);
});

test('refuses a class without images, or keeps it if `allowEmpty`', async (t) => {
  const root = await writeFolder(temporaryDirectory(t), COUNTS);
  mkdirSync(join(root, 'gnu/deeper'), {recursive: true});
  writeFileSync(join(root, 'gnu/deeper/1.gif'), 'not a supported format');
  // Hidden folders are not classes.
  for (const hidden of ['.git', '.ipynb_checkpoints']) mkdirSync(join(root, hidden));
  writeBroken(join(root, 'gnu/.thumbnails/1.png'));
  const {message} = await t.throwsAsync(imageFolder(root, {imageSize: 2}), {name: 'ValueError'});
  t.is(
    message,
    `Expected each class of ${root} to have images (.jpg, .jpeg, .png, .webp). Received: none in ${join(root, 'gnu')} ` +
      '(`allowEmpty` keeps classes without images)',
  );
  const {classNames, train, validation} = await imageFolder(root, {
    imageSize: 2,
    allowEmpty: true,
    split: {validation: 0.2},
  });
  t.deepEqual(classNames, ['cat', 'gnu', 'owl', 'yak']);
  t.deepEqual(train.counts, {cat: 16, gnu: 0, owl: 4, yak: 1});
  t.deepEqual([...train.freqInfo.imageCounts], [16, 0, 4, 1]);
  t.deepEqual(validation?.counts, {cat: 4, gnu: 0, owl: 1, yak: 1});
  // `classNames` allows classes without a folder, not empty folders.
  const given = ['yak', 'gnu', 'owl', 'cat', 'emu'];
  const named = (more: object) => imageFolder(root, {imageSize: 2, ...more});
  await t.throwsAsync(named({classNames: given}), {message: /none in .*gnu \(/});
  t.deepEqual((await named({classNames: given, allowEmpty: true})).train.counts, {...COUNTS, gnu: 0, emu: 0});
  await t.throwsAsync(named({classNames: ['cat', 'owl', 'yak'], allowEmpty: true}), {
    name: 'ValueError',
    message: /^Expected labels that `classNames` has\. Received: "gnu"/,
  });
  await t.throwsAsync(named({allowEmpty: 1}), {message: /^Expected `allowEmpty` to be true or false/});
});

test('counts many empty classes instead of naming all', async (t) => {
  const root = await writeFolder(temporaryDirectory(t), {cat: 1, owl: 1});
  for (let i = 0; i < 7; ++i) mkdirSync(join(root, `empty ${i}`));
  await t.throwsAsync(imageFolder(root, {imageSize: 2}), {message: /empty 0, .*empty 4, … 7 in all \(/});
});

test('names the part of a split folder that lacks images of a class', async (t) => {
  const root = temporaryDirectory(t);
  await writeFolder(join(root, 'train'), COUNTS);
  await writeFolder(join(root, 'val'), {cat: 2, yak: 1});
  const open = (more = {}) => imageFolder(root, {imageSize: 2, ...more});
  const refused = (folder: string) =>
    t.throwsAsync(open(), {
      name: 'ValueError',
      message: `Expected each class of ${root} to have images (.jpg, .jpeg, .png, .webp). Received: none in ${join(root, folder)} (\`allowEmpty\` keeps classes without images)`,
    });
  t.is((await open()).validation?.length, 3, 'a class may be missing from a part');
  mkdirSync(join(root, 'val/owl'));
  await refused('val/owl');
  t.deepEqual((await open({allowEmpty: true})).validation?.counts, {cat: 2, owl: 0, yak: 1});
  rmSync(join(root, 'val/owl'), {recursive: true});
  mkdirSync(join(root, 'train/gnu'));
  await refused('train/gnu');
  t.deepEqual((await open({allowEmpty: true})).train.counts, {...COUNTS, gnu: 0});
  rmSync(join(root, 'train/gnu'), {recursive: true});
  // A class must be in the training data to be learned.
  writeBroken(join(root, 'val/emu/1.png'));
  await refused('train/emu');
  t.deepEqual((await open({allowEmpty: true})).train.counts, {...COUNTS, emu: 0});
  rmSync(join(root, 'val/emu'), {recursive: true});
  mkdirSync(join(root, 'test'));
  await refused('test');
  t.is((await open({allowEmpty: true})).test, undefined);
});

test('refuses wrong arguments, naming them', async (t) => {
  const root = await writeFolder(temporaryDirectory(t), COUNTS);
  const refused = async (path: unknown, options: object, message: RegExp) => {
    await t.throwsAsync(imageFolder(path as string, {imageSize: 2, ...options}), {
      name: 'ValueError',
      message,
    });
  };
  await refused(join(root, 'nowhere'), {}, /^Expected `path` to be a folder\. Received: .*nowhere/);
  await refused(
    join(root, 'cat'),
    {},
    /^Expected `path` to be a folder that has a folder of jpeg, png or webp images/,
  );
  await refused(root, {imageSize: 0}, /^Expected `imageSize` to be an integer ≥ 1/);
  await refused(root, {image_size: 2}, /did you mean "imageSize"\?/);
  await refused(root, {channels: 4}, /^Expected `channels` to be 1 or 3/);
  await refused(root, {range: [1, 0]}, /^Expected `range` to be/);
  await refused(root, {fit: 'crop'}, /^Expected `fit` to be/);
  await refused(root, {labelType: 'bool'}, /^Expected `labelType` to be/);
  await refused(root, {transform: 1}, /^Expected `transform` to be a function/);
  await refused(root, {split: {valid: 0.1}}, /^Expected `split` to be \{validation, test\}/);
  await refused(
    root,
    {split: {validation: 0.5, test: 0.5}},
    /^Expected `split` to be shares that add up to less than 1/,
  );
  await refused(
    root,
    {classNames: ['cat', 'owl']},
    /^Expected labels that `classNames` has\. Received: "yak" \(.*yak.000\.png\)/,
  );
  await refused(
    root,
    {classNames: ['cat', 'cat']},
    /^Expected `classNames` to be the names of two classes or more/,
  );
  const {classNames, freqInfo} = await imageFolder(root, {
    imageSize: 2,
    classNames: ['yak', 'gnu', 'owl', 'cat'],
  });
  t.deepEqual(
    [classNames, [...freqInfo.imageCounts]],
    [
      ['yak', 'gnu', 'owl', 'cat'],
      [2, 0, 5, 20],
    ],
  );
});
