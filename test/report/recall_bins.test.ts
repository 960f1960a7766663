import test from 'ava';
import {type ClassResult, recallByFrequency} from '../../src/report/on_node';
import {recallBins} from '../../src/report/recall_bins';
import {readFigure} from '../helpers/figure';

const results = Array.from({length: 1203}, (_, j): ClassResult => {
  const recall = {a: (j % 10) / 10, b: j % 7 === 0 ? Number.NaN : j / 1203};
  return {name: `class ${j}`, images: 1 + j, group: 'frequent', support: 10, recall};
});

test('bins hold every known class once, rarest first, and their mean recall', (t) => {
  for (const model of ['a', 'b']) {
    const bins = recallBins(results, model);
    const sizes = bins.map(({title}) => Number(title.match(/(\d+) classes/)?.[1]));
    const known = results.map(({recall}) => recall[model as 'a' | 'b']).filter((x) => !Number.isNaN(x));
    t.is(
      sizes.reduce((sum, n) => sum + n, 0),
      known.length,
    );
    const mean = bins.reduce((sum, {recall}, i) => sum + sizes[i] * recall, 0) / known.length;
    t.true(Math.abs(mean - (100 * known.reduce((sum, x) => sum + x, 0)) / known.length) < 1e-9);
    bins.forEach(({images, recall, low, high}, i) => {
      t.true(low <= recall && recall <= high && low >= 0 && high <= 100);
      if (i > 0) t.true(images > bins[i - 1].images);
    });
  }
});

test('more than 40 classes become a line per model, unless dots are requested', (t) => {
  const dots = (detail?: 'classes') =>
    readFigure(recallByFrequency(results, {detail})).all('g[aria-label="dot"] circle');
  t.true(dots().length < 60);
  t.true(dots('classes').length > 1203);
  t.is(readFigure(recallByFrequency(results)).all('g[aria-label="line"] path').length, 2);
  t.is(readFigure(recallByFrequency(results.slice(0, 40))).all('g[aria-label="line"] path').length, 0);
});
