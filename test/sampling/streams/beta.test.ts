import test from 'ava';
import {Random} from '../../../src/core/random';
import {symmetricBeta} from '../../../src/sampling/streams/beta';
import {chiSquareP} from '../../helpers/chi_square';

const draws = (alpha: number, n: number) => {
  const random = new Random(11);
  return Array.from({length: n}, () => symmetricBeta(alpha, random));
};

function binned(values: number[], edges: number[]): number[] {
  return edges.map((edge, k) => values.filter((x) => x <= edge && x > (edges[k - 1] ?? -1)).length);
}

// Distribution functions in closed form: x for α = 1, (2/π) asin √x for α = ½, 3x² − 2x³ for α = 2.
for (const [alpha, cdf] of [
  [1, (x: number) => x],
  [0.5, (x: number) => (2 / Math.PI) * Math.asin(Math.sqrt(x))],
  [2, (x: number) => 3 * x ** 2 - 2 * x ** 3],
] as const) {
  test(`draws for α = ${alpha} have the right distribution`, (t) => {
    const edges = Array.from({length: 20}, (_, k) => (k + 1) / 20);
    const p = edges.map((edge, k) => cdf(edge) - (k === 0 ? 0 : cdf(edges[k - 1])));
    t.true(chiSquareP(binned(draws(alpha, 20_000), edges), p) > 0.01);
  });
}

test('variances are 1 / (4 (2α + 1)), from tiny to large α, and no draw is NaN', (t) => {
  for (const alpha of [1e-3, 0.01, 0.2, 5, 100]) {
    const values = draws(alpha, 20_000);
    t.true(
      values.every((x) => x >= 0 && x <= 1),
      `α = ${alpha}`,
    );
    const variance = values.reduce((sum, x) => sum + (x - 0.5) ** 2, 0) / values.length;
    t.true(Math.abs(variance * 4 * (2 * alpha + 1) - 1) < 0.05, `α = ${alpha}: ${variance}`);
  }
});
