import test from 'ava';
import {mobyDickCorpus} from '../../../../models/moby-dick/data/corpus';
import {balancedCrops, type CropSet} from '../../../../models/moby-dick/data/crop_set';
import {CROP_SIDE} from '../../../../models/moby-dick/data/crops';

const {classes} = mobyDickCorpus();
const histogram = ({labels}: CropSet) => {
  const bins: number[] = new Array(classes.length + 1).fill(0);
  for (const label of labels) bins[label]++;
  return bins;
};

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

test('the sets to judge by have as many crops of each class, the same on every call', (t) => {
  for (const split of ['validation', 'test', 'seen'] as const) {
    const crops = balancedCrops(split, 3);
    t.deepEqual(histogram(crops), [...classes.map(() => 3), 0]);
    t.deepEqual(crops, balancedCrops(split, 3));
  }
  t.notDeepEqual(balancedCrops('validation', 3).images, balancedCrops('test', 3).images);
});

test('a number of crops that is none is refused', (t) => {
  for (const perClass of [0, 1.5]) {
    t.throws(() => balancedCrops('test', perClass), {name: 'ValueError', message: /^Expected `perClass`/});
  }
});
