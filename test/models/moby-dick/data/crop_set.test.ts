import test from 'ava';
import {mobyDickCorpus} from '../../../../models/moby-dick/data/corpus';
import {balancedCrops, type CropSet, trainingCrops} from '../../../../models/moby-dick/data/crop_set';
import {CROP_SIDE} from '../../../../models/moby-dick/data/crops';

const {classes, counts} = mobyDickCorpus();
const histogram = ({labels}: CropSet) => {
  const bins: number[] = new Array(classes.length + 1).fill(0);
  for (const label of labels) bins[label]++;
  return bins;
};

test('training crops keep the natural order and frequencies of the book, from head to tail 1,000 : 1', (t) => {
  const crops = trainingCrops({samples: 22_000, seed: 1});
  t.is(crops.labels.length, 22_000);
  t.is(crops.images.length, 22_000 * CROP_SIDE ** 2);
  const bins = histogram(crops);
  const background = bins.pop()!;
  const characters = 22_000 - background;
  const total = counts.reduce((sum, count) => sum + count);
  t.true(bins.length >= 60);
  bins.forEach((count, label) => {
    const expected = Math.max(1, Math.round((counts[label] / total) * (22_000 / 2.5)));
    t.is(count, expected, classes[label]);
    t.true(label === 0 || count <= bins[label - 1]);
  });
  t.true(bins[0] / bins[bins.length - 1] >= 1000);
  t.true(Math.abs(background / characters - 1.5) < 0.02, `${background / characters}`);
});

test('the same seed gives the same crops, another seed others', (t) => {
  const [a, b, c] = [1, 1, 2].map((seed) => trainingCrops({samples: 300, seed}));
  t.deepEqual(a, b);
  t.notDeepEqual(a.images, c.images);
});

test('crops have ink, and the characters of one class look alike more than those of two', (t) => {
  const {images, labels} = balancedCrops('test', 10);
  const mean = (label: number) => {
    const sum = new Float64Array(CROP_SIDE ** 2);
    labels.forEach((own, i) => {
      if (own === label) for (let p = 0; p < sum.length; p++) sum[p] += images[i * sum.length + p] / 10;
    });
    return sum;
  };
  const [dash, letter] = ['—', 'H'].map((character) => mean(classes.indexOf(character)));
  const distance = Math.hypot(...dash.map((value, i) => value - letter[i]));
  t.true(Math.max(...dash) > 100 && Math.max(...letter) > 100);
  t.true(distance > 500, `${distance}`);
});

test('without background there is none', (t) => {
  const bins = histogram(trainingCrops({samples: 300, seed: 1, background: 0}));
  t.is(bins[classes.length], 0);
  t.true(bins.slice(0, -1).every((count) => count >= 1));
});

test('background comes spread over the set', (t) => {
  const {labels} = trainingCrops({samples: 1000, seed: 1});
  const share = (part: Uint8Array) => part.filter((label) => label === classes.length).length / part.length;
  for (const quarter of [0, 1, 2, 3]) {
    const own = share(labels.subarray(quarter * 250, (quarter + 1) * 250));
    t.true(Math.abs(own - share(labels)) < 0.05, `${own}`);
  }
});

test('progress ends at the number of crops', (t) => {
  const seen: number[] = [];
  trainingCrops({samples: 1000, seed: 1, onProgress: (done, total) => seen.push(done / total)});
  t.true(seen.length > 1);
  t.true(seen.every((share, i) => i === 0 || share > seen[i - 1]));
  t.is(seen[seen.length - 1], 1);
});

test('the sets to judge by have as many crops of each class, the same on every call', (t) => {
  for (const split of ['validation', 'test'] as const) {
    const crops = balancedCrops(split, 3);
    t.deepEqual(histogram(crops), [...classes.map(() => 3), 0]);
    t.deepEqual(crops, balancedCrops(split, 3));
  }
  t.notDeepEqual(balancedCrops('validation', 3).images, balancedCrops('test', 3).images);
});

test('bad options are refused', (t) => {
  const refused = (argument: string) => ({
    name: 'ValueError',
    message: new RegExp(`^Expected \`${argument}\``),
  });
  for (const samples of [0, 249, 1000.5, 500_001, Number.NaN]) {
    t.throws(() => trainingCrops({samples, seed: 1}), refused('samples'));
  }
  for (const background of [-1, Number.NaN, Infinity]) {
    t.throws(() => trainingCrops({samples: 300, seed: 1, background}), refused('background'));
  }
  for (const perClass of [0, 1.5]) t.throws(() => balancedCrops('test', perClass), refused('perClass'));
});
