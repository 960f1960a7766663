import test from 'ava';
import fc from 'fast-check';
import {areaUnderROC, averagePrecision, rankedScores} from '../../src/metrics/ranking';

/** Scores on a coarse grid, such that many are equal, with labels. */
const samples = fc.array(fc.tuple(fc.integer({min: -3, max: 3}), fc.boolean()), {
  minLength: 1,
  maxLength: 30,
});

/** By the definition: precision and recall at every score, from the highest down. */
function averageBySteps(all: [number, boolean][]): number {
  const positives = all.filter(([, held]) => held).length;
  let [before, sum] = [0, 0];
  for (const threshold of [...new Set(all.map(([score]) => score))].sort((a, b) => b - a)) {
    const taken = all.filter(([score]) => score >= threshold);
    const hits = taken.filter(([, held]) => held).length;
    sum += (hits / positives - before) * (hits / taken.length);
    before = hits / positives;
  }
  return positives === 0 ? Number.NaN : sum;
}

/** By the definition: over all pairs of a positive and a negative. */
function areaByPairs(all: [number, boolean][]): number {
  const [positives, negatives] = [true, false].map((wanted) => all.filter(([, held]) => held === wanted));
  const pairs = positives.flatMap(([p]) => negatives.map(([n]) => (p > n ? 1 : p === n ? 0.5 : 0)));
  return pairs.reduce((sum: number, won) => sum + won, 0) / pairs.length;
}

test('property: they equal their definitions, ties included', (t) => {
  fc.assert(
    fc.property(samples, (all) => {
      const [scores, held] = [all.map(([score]) => score), all.map(([, is]) => Number(is))];
      const ranked = rankedScores(
        scores,
        held,
        scores.map(() => 1),
        1,
        0,
      );
      const close = (a: number, b: number) => Object.is(a, b) || Math.abs(a - b) < 1e-12;
      t.true(close(averagePrecision(ranked), averageBySteps(all)));
      t.true(close(areaUnderROC(ranked), areaByPairs(all)));
    }),
  );
});

test('rows that do not count and columns of other classes are left out', (t) => {
  const {all, positives} = rankedScores([1, 9, 3, 9, 2, 9], [1, 0, 0, 1, 1, 0], [1, 1, 0], 2, 0);
  t.deepEqual([[...all], [...positives]], [[1, 3], [1]]);
});

test('a NaN score has no rank', (t) => {
  const ranked = rankedScores([1, Number.NaN, 0], [1, 0, 0], [1, 1, 1], 1, 0);
  t.deepEqual([averagePrecision(ranked), areaUnderROC(ranked)], [Number.NaN, Number.NaN]);
});
