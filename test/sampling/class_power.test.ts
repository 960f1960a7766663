import test from 'ava';
import {classAware, squareRoot} from '../../src/sampling/class_power';
import {chiSquareP, countsOf} from '../helpers/chi_square';
import {labelsOf, orderOf, TAIL} from '../helpers/sampling';

const EPOCHS = 100;

/** How often each image is drawn in many epochs. */
function drawsOf(sampler: typeof classAware, labels: unknown, length: number, numClasses: number): number[] {
  const draws = Array.from({length: EPOCHS}, (_, epoch) => [
    ...orderOf(sampler, labels, length, numClasses, epoch),
  ]);
  return countsOf(draws.flat(), length);
}

const perClass = (draws: number[], labels: number[], classes: number) =>
  Array.from({length: classes}, (_, j) =>
    draws.reduce((sum, count, i) => (labels[i] === j ? sum + count : sum), 0),
  );

// Kang et al., eq. 1: p_j = n_j^q / Σ n^q, of classes with images.
for (const [sampler, p] of [
  [classAware, [0.25, 0.25, 0.25, 0.25, 0]],
  [
    squareRoot,
    TAIL.map(Math.sqrt).map((root, _, roots) => root / roots.reduce((sum, other) => sum + other, 0)),
  ],
] as const) {
  test(`${sampler.name} draws classes as promised, and the images of a class equally`, (t) => {
    const labels = labelsOf(TAIL);
    const draws = drawsOf(sampler, labels, labels.length, 5);
    t.is(
      draws.reduce((sum, count) => sum + count, 0),
      EPOCHS * labels.length,
      'an epoch is as long as the data',
    );
    t.true(chiSquareP(perClass(draws, labels, 5), p) > 0.01);
    t.true(
      chiSquareP(
        draws,
        labels.map((j) => p[j] / TAIL[j]),
      ) > 0.01,
    );
  });
}

test('background counts as one more class', (t) => {
  const labels = [...labelsOf([20, 5]), ...new Array<number>(75).fill(2)];
  const draws = drawsOf(classAware, labels, 100, 2);
  t.true(chiSquareP(perClass(draws, labels, 3), [1 / 3, 1 / 3, 1 / 3]) > 0.01);
});

test('an image of several classes is drawn for each of them', (t) => {
  // Classes {0}: images 0, 1, 2; {1}: image 2. Image 2: ½ · ⅓ + ½.
  const labels = [[0], [0], [0, 1]];
  const draws = countsOf(
    Array.from({length: 1000}, (_, epoch) => [...orderOf(classAware, labels, 3, 2, epoch)]).flat(),
    3,
  );
  t.true(chiSquareP(draws, [1 / 6, 1 / 6, 2 / 3]) > 0.01);
});

test('within an epoch no image of a class repeats before all have been drawn', (t) => {
  const labels = labelsOf([50, 50]);
  const seen = countsOf(orderOf(classAware, labels, 100, 2), 100);
  for (const half of [seen.slice(0, 50), seen.slice(50)]) t.true(Math.max(...half) - Math.min(...half) <= 1);
});
