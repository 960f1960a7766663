import test from 'ava';
import {mobyDickCorpus} from '../../../../models/moby-dick/data/corpus';
import {CROP_SIDE} from '../../../../models/moby-dick/data/crops';
import {trainingCrops, trainingScans} from '../../../../models/moby-dick/data/scans';
import {Random} from '../../../../src/core/random';

const {classes, counts} = mobyDickCorpus();
const histogram = (labels: Uint8Array) => {
  const bins: number[] = new Array(classes.length + 1).fill(0);
  for (const label of labels) bins[label]++;
  return bins;
};

test('whole pages have the frequencies of the book, every class at least once, and 1.5 times the background', (t) => {
  const {labels} = trainingScans({samples: 22_000, seed: 1});
  const bins = histogram(labels);
  const background = bins.pop() as number;
  const characters = labels.length - background;
  t.true(Math.abs(characters / 8800 - 1) < 0.01, `${characters}`);
  t.true(Math.abs(background / characters - 1.5) < 0.001, `${background / characters}`);
  t.true(bins.every((count) => count >= 1));
  const total = counts.reduce((sum, count) => sum + count);
  // Characters cluster on pages, so that counts scatter more than independent draws would: twice as much at most.
  bins.forEach((count, label) => {
    const expected = (counts[label] / total) * characters;
    if (expected > 50) t.true(Math.abs(count - expected) < 8 * Math.sqrt(expected), classes[label]);
  });
});

test('each epoch cuts the same characters anew, and the same epoch the same crops', (t) => {
  const [a, b, other] = [1, 1, 2].map((seed) => trainingScans({samples: 300, seed}));
  const [first, second] = [a.crops(0), a.crops(1)];
  t.deepEqual(first.labels, second.labels);
  t.deepEqual(first.labels, a.labels);
  t.is(first.images.length, a.labels.length * CROP_SIDE ** 2);
  t.notDeepEqual(first.images, second.images);
  t.deepEqual(b.crops(1), second);
  t.deepEqual(a.crops(0), first);
  t.notDeepEqual(other.crops(0).images, first.images);
  t.deepEqual(trainingCrops({samples: 300, seed: 1}), first);
});

test('one crop shows what its row is of, in a fresh box', (t) => {
  const scans = trainingScans({samples: 2000, seed: 3});
  const {images} = scans.crops(0);
  const size = CROP_SIDE ** 2;
  const distance = (crop: Uint8Array, row: number) =>
    crop.reduce((sum, level, p) => sum + (level - images[row * size + p]) ** 2, 0);
  const rows = Array.from(scans.labels.keys()).filter((row) => scans.labels[row] < classes.length);
  const own = rows.filter((row, i) => {
    const crop = scans.crop(row, new Random(row));
    return distance(crop, row) < distance(crop, rows[(i + 17) % rows.length]);
  });
  t.true(own.length > 0.7 * rows.length, `${own.length} of ${rows.length}`);
  t.deepEqual(scans.crop(5, new Random(1)), scans.crop(5, new Random(1)));
  t.notDeepEqual(scans.crop(5, new Random(1)), scans.crop(5, new Random(2)));
  t.is(scans.crop(scans.labels.length - 1, new Random(1)).length, size);
});

test('two epochs of a character look more alike than two characters', (t) => {
  const scans = trainingScans({samples: 2000, seed: 3});
  const [first, second] = [scans.crops(0).images, scans.crops(1).images];
  const size = CROP_SIDE ** 2;
  const distance = (row: number, other: number) => {
    let sum = 0;
    for (let p = 0; p < size; p++) sum += (first[row * size + p] - second[other * size + p]) ** 2;
    return sum;
  };
  const rows = Array.from(scans.labels.keys()).filter((row) => scans.labels[row] < classes.length);
  const own = rows.filter((row, i) => distance(row, row) < distance(row, rows[(i + 17) % rows.length]));
  // Chance is one half, ± 0.02.
  t.true(own.length > 0.7 * rows.length, `${own.length} of ${rows.length}`);
});

test('without background there is none', (t) => {
  const bins = histogram(trainingScans({samples: 300, seed: 1, background: 0}).labels);
  t.is(bins[classes.length], 0);
  t.true(bins.slice(0, -1).every((count) => count >= 1));
});

test('progress ends at the number of pages', (t) => {
  const seen: number[] = [];
  trainingScans({samples: 5000, seed: 1, onProgress: (done, total) => seen.push(done / total)});
  t.true(seen.length > 1);
  t.true(seen.every((share, i) => i === 0 || share > seen[i - 1]));
  t.is(seen[seen.length - 1], 1);
});

test('bad options are refused', (t) => {
  const refused = (argument: string) => ({
    name: 'ValueError',
    message: new RegExp(`^Expected \`${argument}\``),
  });
  for (const samples of [0, 249, 1000.5, 500_001, Number.NaN]) {
    t.throws(() => trainingScans({samples, seed: 1}), refused('samples'));
  }
  for (const background of [-1, Number.NaN, Infinity]) {
    t.throws(() => trainingScans({samples: 300, seed: 1, background}), refused('background'));
  }
});
