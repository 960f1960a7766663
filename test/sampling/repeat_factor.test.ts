import test from 'ava';
import {repeatFactor} from '../../src/sampling/repeat_factor';
import {chiSquareP, countsOf} from '../helpers/chi_square';
import {labelsOf, orderOf} from '../helpers/sampling';

const LABELS = labelsOf([60, 25, 14, 1]);
const THRESHOLD = 0.3;
// max(1, √(t / f)), by hand.
const FACTORS = [1, Math.sqrt(0.3 / 0.25), Math.sqrt(0.3 / 0.14), Math.sqrt(0.3 / 0.01)];

test('each image is shown ⌊r⌋ or ⌈r⌉ times per epoch, r on average', (t) => {
  const epochs = 400;
  const ups = [0, 0, 0, 0];
  for (let epoch = 0; epoch < epochs; ++epoch) {
    const times = countsOf(orderOf(repeatFactor({threshold: THRESHOLD}), LABELS, 100, 4, epoch), 100);
    times.forEach((count, i) => {
      const floor = Math.floor(FACTORS[LABELS[i]]);
      t.true(count === floor || count === floor + 1);
      ups[LABELS[i]] += count - floor;
    });
  }
  t.is(ups[0], 0, 'a class above the threshold is never repeated');
  for (const j of [1, 2, 3]) {
    const trials = epochs * [60, 25, 14, 1][j];
    const p = FACTORS[j] % 1;
    t.true(chiSquareP([ups[j], trials - ups[j]], [p, 1 - p]) > 0.01, `class ${j}`);
  }
});

test('the rarest class of an image counts, and background is shown once', (t) => {
  // f = 0.75, 0.25: r = 1 and 2 for t = 1.
  const labels = [[0], [0, 1], [0], []];
  const times = countsOf(orderOf(repeatFactor({threshold: 1}), labels, 4, 3), 4);
  t.is(times[1], 2);
  t.is(times[3], 1);
});

test('copies are spread over the epoch', (t) => {
  const order = orderOf(repeatFactor({threshold: 1}), labelsOf([399, 1]), 400, 2);
  const places = [...order].flatMap((image, place) => (image === 399 ? [place] : []));
  t.is(places.length, 20);
  t.true(places[19] - places[0] > 200);
});

for (const threshold of [0, -1, 1.1, Number.NaN, '0.1', undefined]) {
  test(`refuses the threshold ${threshold}`, (t) => {
    const message = /`threshold` to be a frequency above 0 and up to 1/;
    t.throws(() => repeatFactor({threshold} as never), {name: 'ValueError', message});
  });
}

test('refuses unknown options', (t) => {
  t.throws(() => repeatFactor({threshhold: 0.1} as never), {message: /did you mean "threshold"/});
});
