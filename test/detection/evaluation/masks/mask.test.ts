import test from 'ava';
import fc from 'fast-check';
import {
  maskArea,
  maskBounds,
  maskIntersection,
  readMask,
} from '../../../../src/detection/evaluation/masks/mask';
import masks from '../../../fixtures/masks.json';

/** 1 for the pixels of run lengths that begin with background. */
function pixelsOf(lengths: readonly number[]): number[] {
  return lengths.flatMap((length, i) => new Array<number>(length).fill(i % 2));
}

function pixelsOfMask(mask: Uint32Array): number[] {
  return pixelsOf(Array.from(mask, (end, i) => end - (i === 0 ? 0 : mask[i - 1])));
}

test('polygons, strings and run lengths give the pixels that pycocotools draws', (t) => {
  for (const {polygons, size, counts, lengths, area, bounds} of masks) {
    const [height, width] = size;
    for (const segmentation of [polygons, {size, counts}, {size, counts: lengths}]) {
      const mask = readMask(segmentation, height, width, 'segmentation');
      t.deepEqual(pixelsOfMask(mask), pixelsOf(lengths));
      t.is(maskArea(mask), area);
      t.deepEqual(maskBounds(mask, height) as number[], bounds);
    }
  }
});

test('intersections match those of the pixels', (t) => {
  const bits = fc.array(fc.boolean(), {minLength: 24, maxLength: 24});
  const lengthsOf = (pixels: boolean[]) => {
    const lengths = [0];
    for (const pixel of pixels) {
      // Runs may be empty.
      if (Number(pixel) !== (lengths.length - 1) % 2) lengths.push(0);
      lengths[lengths.length - 1]++;
    }
    return lengths;
  };
  fc.assert(
    fc.property(bits, bits, (a, b) => {
      const [first, second] = [a, b].map((pixels) =>
        readMask({size: [4, 6], counts: lengthsOf(pixels)}, 4, 6, 'segmentation'),
      );
      t.is(maskIntersection(first, second), a.filter((pixel, i) => pixel && b[i]).length);
    }),
  );
});

test('empty runs change nothing', (t) => {
  const mask = readMask({size: [2, 5], counts: [2, 0, 0, 3, 0, 0, 5, 0]}, 2, 5, 'segmentation');
  t.is(maskArea(mask), 3);
  t.deepEqual(maskBounds(mask, 2), [1, 0, 2, 2]);
  t.is(maskIntersection(mask, readMask({size: [2, 5], counts: [0, 10]}, 2, 5, 'segmentation')), 3);
});
