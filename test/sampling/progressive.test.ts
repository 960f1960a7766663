import test from 'ava';
import {progressive} from '../../src/sampling/progressive';
import {chiSquareP, countsOf} from '../helpers/chi_square';
import {labelsOf, orderOf, TAIL} from '../helpers/sampling';

// Kang et al., eq. 2: p_j(t) = (1 − t/T) · n_j / N + t/T · 1/C, of classes with images.
for (const epoch of [0, 1, 3, 4, 9]) {
  test(`in epoch ${epoch} of 4 classes are drawn as promised`, (t) => {
    const labels = labelsOf(TAIL);
    const draws = Array.from({length: 100}, (_, seed) => [
      ...orderOf(progressive({epochs: 4}), labels, 100, 5, epoch, seed),
    ]);
    const share = Math.min(1, epoch / 4);
    const p = TAIL.map((n) => (1 - share) * (n / 100) + (n > 0 ? share / 4 : 0));
    t.true(
      chiSquareP(
        countsOf(
          draws.flat().map((i) => labels[i]),
          5,
        ),
        p,
      ) > 0.01,
    );
  });
}

test('epoch 0 shows every image once', (t) => {
  const order = orderOf(progressive({epochs: 4}), labelsOf(TAIL), 100, 5);
  t.is(new Set(order).size, 100);
});

for (const epochs of [0, 1.5, Number.NaN, undefined]) {
  test(`refuses ${epochs} epochs`, (t) => {
    t.throws(() => progressive({epochs} as never), {
      name: 'ValueError',
      message: /`epochs` to be an integer ≥ 1/,
    });
  });
}
