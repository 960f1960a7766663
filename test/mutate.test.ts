import test from 'ava';

interface Statistics {
  draw<T>(list: readonly T[], size: number, seed: number): T[];
  wilson(hits: number, tried: number): [number, number];
}

interface Run {
  test: string;
  took: number;
  reached: Set<number>;
}

interface Mutant {
  id: number;
  source: string;
}

const {draw, wilson}: Statistics = require('../.ci/mutate/statistics');
const {reaching}: {reaching(mutant: Mutant, mutants: Mutant[], runs: Run[]): Run[]} =
  require('../.ci/mutate/tests_of');
const NUMBERS = Array.from({length: 10}, (_, i) => i);

test('a sample has each number at most once, and is the same for the same seed', (t) => {
  for (let seed = 1; seed <= 50; ++seed) {
    const sample = draw(NUMBERS, 4, seed);
    t.is(new Set(sample).size, 4);
    t.deepEqual(draw(NUMBERS, 4, seed), sample);
  }
  t.deepEqual(
    draw(NUMBERS, 20, 1).sort((a, b) => a - b),
    NUMBERS,
  );
});

test('over many seeds each number is drawn as often', (t) => {
  const draws = 5000;
  const counts = new Map(NUMBERS.map((i) => [i, 0]));
  for (let seed = 1; seed <= draws; ++seed) {
    for (const i of draw(NUMBERS, 4, seed)) counts.set(i, (counts.get(i) as number) + 1);
  }
  // Four standard deviations of a binomial count.
  const slack = 4 * Math.sqrt(draws * 0.4 * 0.6);
  for (const [i, count] of counts) t.true(Math.abs(count - 0.4 * draws) < slack, `${i}: ${count}`);
});

test("Wilson's interval is that of statsmodels' proportion_confint", (t) => {
  for (const [hits, tried, low, high] of [
    [0, 10, 0, 0.277533],
    [9, 10, 0.59585, 0.982124],
    [50, 100, 0.403832, 0.596168],
  ]) {
    const interval = wilson(hits, tried);
    t.true(Math.abs(interval[0] - low) < 1e-5 && Math.abs(interval[1] - high) < 1e-5, `${interval}`);
  }
});

test('a mutant meets tests that reach it, first those that reach most of its file, the quickest first', (t) => {
  const mutants = [1, 2, 3, 4].map((id) => ({id, source: id === 4 ? 'other.ts' : 'one.ts'}));
  const run = (name: string, took: number, ...reached: number[]) => ({
    test: name,
    took,
    reached: new Set(reached),
  });
  const runs = [
    run('one mutant', 1, 1, 4),
    run('not this one', 1, 2, 3),
    run('two mutants, slowly', 9, 1, 2),
    run('two mutants', 5, 1, 3),
    run('all', 8, 1, 2, 3),
  ];
  t.deepEqual(
    reaching(mutants[0], mutants, runs).map(({test: name}) => name),
    ['all', 'two mutants', 'two mutants, slowly', 'one mutant'],
  );
});
