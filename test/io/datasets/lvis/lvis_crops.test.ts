import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import sharp from 'sharp';
import {classFrequency} from '../../../../src/frequency';
import {type LvisCropsOptions, lvisCrops} from '../../../../src/io/datasets';

const [WIDTH, HEIGHT] = [60, 40];
const RED = [255, 0, 0];
const BLUE = [0, 0, 255];
const directory = mkdtempSync(join(tmpdir(), 'crops-'));
test.after.always(() => rmSync(directory, {recursive: true}));

/** Ids 7 (cat, red) and 3 (owl, blue); gray background. The third image has a crowd of cats, the fourth nothing. */
const annotations = {
  categories: [
    {id: 7, name: 'cat'},
    {id: 3, name: 'owl'},
  ],
  images: [1, 2, 3, 4].map((id) => ({id, height: HEIGHT, width: WIDTH, file_name: `${id}.png`})),
  annotations: [
    {id: 1, image_id: 1, category_id: 7, bbox: [4, 6, 12, 8], area: 96},
    {id: 2, image_id: 1, category_id: 3, bbox: [40, 20, 10, 16], area: 160},
    {id: 3, image_id: 2, category_id: 7, bbox: [30, 2, 8, 8], area: 64},
    {id: 4, image_id: 3, category_id: 7, bbox: [0, 0, WIDTH, HEIGHT], area: 2400, iscrowd: 1},
  ],
};

test.before(async () => {
  await tf.setBackend('cpu');
  for (const {id, file_name} of annotations.images) {
    const shapes = annotations.annotations
      .filter((object) => object.image_id === id)
      .map(({category_id, bbox: [left, top, width, height]}) => {
        const [r, g, b] = category_id === 7 ? RED : BLUE;
        return {input: {create: {width, height, channels: 3 as const, background: {r, g, b}}}, left, top};
      });
    const gray = {r: 100, g: 100, b: 100};
    await sharp({create: {width: WIDTH, height: HEIGHT, channels: 3, background: gray}})
      .composite(shapes)
      .png()
      .toFile(join(directory, file_name));
  }
});

type Element = {xs: tf.Tensor3D; ys: number};
const open = (options: Partial<LvisCropsOptions> = {}, file: unknown = annotations) =>
  lvisCrops(file as never, directory, {imageSize: 4, ...options});

/** Label and color of each crop, rounded means of the three channels. */
async function passOf(crops: Awaited<ReturnType<typeof open>>) {
  const found: {ys: number; color: number[]; shape: number[]}[] = [];
  await tf.data
    .generator(() => crops.elements())
    .forEachAsync((element) => {
      const {xs, ys} = element as unknown as Element;
      const color = Array.from(tf.mean(xs, [0, 1]).mul(255).round().dataSync());
      found.push({ys, color, shape: xs.shape});
    });
  return found;
}

test.serial(
  'objects become crops of their class; background has label C and overlaps little with objects',
  async (t) => {
    const crops = await open({backgroundPerImage: 3, seed: 2});
    const found = await passOf(crops);
    const of = (label: number) => found.filter(({ys}) => ys === label);
    // Classes by ascending category id: owl, cat.
    t.deepEqual(crops.categoryIds, [3, 7]);
    t.deepEqual(crops.classNames, ['owl', 'cat']);
    t.deepEqual(
      of(0).map(({color}) => color),
      [BLUE],
    );
    t.deepEqual(
      of(1).map(({color}) => color),
      [RED, RED],
    );
    t.true(found.every(({shape}) => shape.join() === '4,4,3'));
    // From images 1, 2 and 4; the crowd leaves no space in 3.
    t.is(of(2).length, 9);
    // Mostly gray: an IoU below 0.3 with boxes of about the same size.
    for (const {color} of of(2)) t.true(Math.abs(color[1] - 100) <= 60, `${color}`);
    t.is(crops.length, found.length);
  },
);

test.serial('freqInfo equals the counts of a pass over the crops', async (t) => {
  const crops = await open({backgroundPerImage: 1});
  const dataset = tf.data.generator(() => crops.elements());
  const counted = await classFrequency(dataset, {numClasses: 2, labels: 'integer'});
  t.deepEqual([...crops.freqInfo.imageCounts], [...counted.imageCounts]);
  t.is(crops.freqInfo.numImages, counted.numImages);
  t.deepEqual([...crops.freqInfo.imageCounts, crops.length], [1, 2, 6]);
  const none = await open({backgroundPerImage: 0});
  t.deepEqual([none.length, none.freqInfo.numImages], [3, 3]);
});

test.serial('a seed determines boxes and orders; without one, images come by id', async (t) => {
  const passes = async (seed?: number) => {
    const crops = await open({seed, backgroundPerImage: 1});
    return [await passOf(crops), await passOf(crops), await passOf(crops)];
  };
  t.deepEqual(await passes(3), await passes(3));
  t.notDeepEqual(await passes(3), await passes(4));
  const orders = (await passes(3)).map((pass) => pass.map(({ys}) => ys).join());
  t.true(new Set(orders).size > 1);
  const [first, second] = await passes();
  t.deepEqual(first, second);
  t.deepEqual(
    first.map(({ys}) => ys),
    [1, 0, 2, 1, 2, 2],
  );
});

test.serial('holds one image in memory at a time, and leaves no tensor', async (t) => {
  let [decoded, most] = [0, 0];
  const decode = (bytes: Uint8Array) => {
    most = Math.max(most, ++decoded);
    return sharp(bytes)
      .removeAlpha()
      .raw()
      .toBuffer({resolveWithObject: true})
      .then(({data, info}) => ({data, height: info.height, width: info.width}));
  };
  const crops = await open({decode, seed: 1});
  const before = tf.memory().numTensors;
  let seen = 0;
  for await (const {xs} of crops.elements()) {
    if (seen++ === 0) t.is(decoded, 1, 'the second image is not read yet');
    xs.dispose();
  }
  t.is(decoded, 3, 'the one without a crop is never read');
  t.is(seen, crops.length);
  t.is(tf.memory().numTensors, before);
});

test.serial('crops have the given size and range, in batches of tf.data', async (t) => {
  const crops = await open({seed: 1, imageSize: [4, 6], range: [-1, 1]});
  const dataset = tf.data.generator(() => crops.elements()).batch(4);
  const [batch] = (await dataset.toArray()) as unknown as {xs: tf.Tensor; ys: tf.Tensor}[];
  t.deepEqual([batch.xs.shape, batch.ys.shape], [[4, 4, 6, 3], [4]]);
  t.true(batch.xs.min().dataSync()[0] >= -1 && batch.xs.max().dataSync()[0] <= 1);
});

test.serial('unreadable images are left out and listed, or with `strict` an error', async (t) => {
  writeFileSync(join(directory, 'broken.png'), 'not an image');
  const [first, ...others] = annotations.images;
  const file = {...annotations, images: [{...first, file_name: 'broken.png'}, ...others]};
  const crops = await open({}, file);
  const found = await passOf(crops);
  t.is(found.filter(({ys}) => ys < 2).length, 1);
  t.deepEqual(
    crops.unreadable.map(({name}) => name),
    ['broken.png'],
  );
  const decode = () => Promise.reject(new Error('no\n   picture'));
  const wordy = await open({decode}, file);
  await passOf(wordy);
  t.deepEqual(wordy.unreadable[0], {name: 'broken.png', reason: 'no picture'});
  const strict = await open({strict: true}, file);
  await t.throwsAsync(passOf(strict), {message: /Expected a readable image\. Received: broken\.png \(/});
});

test.serial('refuses wrong files and options, naming the path or option', async (t) => {
  const refused = async (options: object, message: RegExp, file: unknown = annotations) =>
    t.throwsAsync(async () => passOf(await open(options, file)), {name: 'ValueError', message});
  await refused({imageSize: 0}, /`imageSize` to be an integer/);
  await refused({backgroundPerImage: -1}, /`backgroundPerImage` to be an integer/);
  await refused({range: [1, 0]}, /`range` to be \[low, high\]/);
  await refused({seed: 0.5}, /`seed` to be an integer/);
  await refused({decode: 1}, /`decode` to be a function/);
  await refused({strict: 1}, /`strict` to be true or false/);
  await refused({imagesize: 3}, /did you mean "imageSize"/);
  const [one, ...others] = annotations.annotations;
  const outside = {...annotations, annotations: [{...one, bbox: [WIDTH, 0, 5, 5]}, ...others]};
  await refused({}, /`annotations\[0\]\.bbox` to be inside of its image of 40 × 60 pixels/, outside);
  const unsized = {...annotations, images: annotations.images.map(({height: _, ...image}) => image)};
  await refused({}, /`images\[0\]\.height` to be an integer/, unsized);
  await refused({backgroundPerImage: 0}, /a file with an object/, {...annotations, annotations: []});
  const other = {...annotations, images: annotations.images.map((image) => ({...image, width: 61}))};
  await refused({}, /`images\[\d\]` to be of 40 × 60 pixels/, other);
});
