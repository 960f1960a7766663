import {join} from 'node:path';
import test from 'ava';
import sharp from 'sharp';
import {FileReader, type ImageFit, readImage} from '../../../src/io/datasets/file_reader';
import {temporaryDirectory} from '../files/temporary';
import {writeBroken, writePicture} from './pictures';

const GRAYS = [50, 100, 150];
const BYTES = 2 * 2;

async function grays(t: import('ava').ExecutionContext, cacheBytes: number): Promise<FileReader> {
  const root = temporaryDirectory(t);
  const files = GRAYS.map((gray) => join(root, `${gray}.png`));
  for (const [i, file] of files.entries()) await writePicture(file, [GRAYS[i], GRAYS[i], GRAYS[i]]);
  return new FileReader(files, [2, 2, 1], 'fill', cacheBytes);
}

/** Whether each image comes from the cache when it is read again. */
async function kept(reader: FileReader): Promise<boolean[]> {
  const again: boolean[] = [];
  for (const i of GRAYS.keys()) {
    const first = await reader.read(i);
    again.push((await reader.read(i)) === first);
  }
  return again;
}

test('caches as many images as fit, to the byte', async (t) => {
  for (const [bytes, wanted] of [
    [0, [false, false, false]],
    [2 * BYTES - 1, [true, false, false]],
    [2 * BYTES, [true, true, false]],
    [3 * BYTES, [true, true, true]],
  ] as const) {
    const reader = await grays(t, bytes);
    t.deepEqual(await kept(reader), [...wanted], `${bytes} bytes`);
    for (const [i, gray] of GRAYS.entries())
      t.deepEqual([...(await reader.read(i))], Array(BYTES).fill(gray));
  }
});

test('an image read twice concurrently uses its bytes once', async (t) => {
  const reader = await grays(t, 2 * BYTES);
  await Promise.all([reader.read(0), reader.read(0)]);
  t.deepEqual(await kept(reader), [true, true, false]);
});

test('cover crops the sides, fill stretches, contain frames in black', async (t) => {
  const file = join(temporaryDirectory(t), 'wide.png');
  // Black, white, white, black, two columns each.
  const levels = Array.from({length: 8 * 4}, (_, i) => (i % 8 >= 2 && i % 8 < 6 ? 255 : 0));
  await sharp(Buffer.from(levels), {raw: {width: 8, height: 4, channels: 1}})
    .png()
    .toFile(file);
  const rows = async (fit: ImageFit) => {
    const pixels = [...(await readImage(file, [4, 4, 1], fit))];
    return [0, 4, 8, 12].map((start) => pixels.slice(start, start + 4));
  };
  t.deepEqual(await rows('cover'), Array(4).fill([255, 255, 255, 255]));
  for (const [left, , , right] of await rows('fill')) t.true(left < 128 && right < 128);
  const [top, second, third, bottom] = await rows('contain');
  t.deepEqual([top, bottom], [Array(4).fill(0), Array(4).fill(0)]);
  for (const [, left, right] of [second, third]) t.true(left > 128 && right > 128);
});

test('refuses a file that is not an image', async (t) => {
  const file = writeBroken(join(temporaryDirectory(t), 'none.png'));
  await t.throwsAsync(readImage(file, [2, 2, 1], 'fill'), {message: /unsupported image format/});
});
