import test from 'ava';
import sharp from 'sharp';
import {cropPixels, pixelBox} from '../../../../src/io/datasets/lvis/crop_pixels';

/** 6 × 4 pixels, a different level for each channel of each pixel. */
const image = {data: Uint8Array.from({length: 72}, (_, i) => (37 * i) % 256), height: 4, width: 6};
const levels = [0, 255] as const;
const at = (y: number, x: number, channel: number) => image.data[3 * (6 * y + x) + channel];

test('a box expands to the whole pixels that it touches', (t) => {
  t.deepEqual(pixelBox([1.2, 0.9, 2, 1.1], 4, 6), {left: 1, right: 4, top: 0, bottom: 2});
  t.deepEqual(pixelBox([-3, -3, 100, 100], 4, 6), {left: 0, right: 6, top: 0, bottom: 4});
  t.deepEqual(pixelBox([2, 3, 0, 0], 4, 6), {left: 2, right: 3, top: 3, bottom: 4});
  t.is(pixelBox([6, 0, 2, 2], 4, 6), undefined);
  t.is(pixelBox([0, -5, 2, 4], 4, 6), undefined);
});

test('keeps pixels at the same size and repeats each four times at double size, like sharp', async (t) => {
  const part = {left: 1, right: 4, top: 1, bottom: 3};
  const extracted = () =>
    sharp(image.data, {raw: {width: 6, height: 4, channels: 3}}).extract({
      left: 1,
      top: 1,
      width: 3,
      height: 2,
    });
  t.deepEqual([...cropPixels(image, part, [2, 3], levels)], [...(await extracted().raw().toBuffer())]);
  const doubled = await extracted().resize(6, 4, {kernel: 'nearest', fit: 'fill'}).raw().toBuffer();
  const found = cropPixels(image, part, [4, 6], levels);
  for (const [i, level] of doubled.entries()) t.true(Math.abs(found[i] - level) < 1e-4);
});

test('shrinking averages the pixels that each value covers', (t) => {
  const halved = cropPixels(image, {left: 0, right: 6, top: 0, bottom: 4}, [2, 3], levels);
  const mean = (at(2, 4, 1) + at(2, 5, 1) + at(3, 4, 1) + at(3, 5, 1)) / 4;
  t.true(Math.abs(halved[3 * (1 * 3 + 2) + 1] - mean) < 1e-4);
  // Three columns into two: the middle one is halved.
  const [first] = cropPixels(image, {left: 0, right: 3, top: 2, bottom: 3}, [1, 2], levels);
  t.true(Math.abs(first - (at(2, 0, 0) + at(2, 1, 0) / 2) / 1.5) < 1e-4);
});

test('levels 0 and 255 become the ends of the range', (t) => {
  const twoTone = {data: Uint8Array.of(0, 0, 0, 255, 255, 255), height: 1, width: 2};
  const found = cropPixels(twoTone, {left: 0, right: 2, top: 0, bottom: 1}, [1, 2], [-1, 3]);
  t.deepEqual([...found], [-1, -1, -1, 3, 3, 3]);
});
