import test from 'ava';
import {drawsOf, isDrawn} from '../../../src/kernels/losses/draws';

/** Five standard deviations of the mean of n draws: a bound that holds for all but one seed in a million. */
const bound = (gamma: number, n: number) => 5 * Math.sqrt((gamma * (1 - gamma)) / n);
const mean = (draws: number[]) => draws.reduce((sum, x) => sum + x, 0) / draws.length;
const draw = (size: number, gamma: number, seed: number, step: number) =>
  Array.from({length: size}, (_, i) => Number(isDrawn(drawsOf(gamma, seed, step), i)));

test('β is 1 with probability γ, from the first element to the last of 2³²', (t) => {
  for (const gamma of [0.1, 0.5, 0.9, 0.999]) {
    const draws = draw(40_000, gamma, 3, 0);
    t.true(Math.abs(mean(draws) - gamma) < bound(gamma, draws.length), `γ = ${gamma}: ${mean(draws)}`);
    const last = Array.from({length: 40_000}, (_, i) =>
      Number(isDrawn(drawsOf(gamma, 3, 0), 2 ** 32 - 1 - i)),
    );
    t.true(Math.abs(mean(last) - gamma) < bound(gamma, last.length));
  }
  t.is(mean(draw(1000, 0, 3, 0)), 0);
});

test('successive elements, steps and seeds give independent draws', (t) => {
  const gamma = 0.3;
  const first = (draws: number[][]) => draws.map(([x]) => x);
  const streams = {
    steps: first(Array.from({length: 20_000}, (_, i) => draw(1, gamma, 3, i))),
    seeds: first(Array.from({length: 20_000}, (_, i) => draw(1, gamma, i, 0))),
    'seeds above 2³²': first(Array.from({length: 20_000}, (_, i) => draw(1, gamma, i * 2 ** 32, 0))),
    'negative seeds': first(Array.from({length: 20_000}, (_, i) => draw(1, gamma, -i, 0))),
    elements: draw(20_000, gamma, 3, 0),
    columns: draw(20_000 * 64, gamma, 3, 0).filter((_, i) => i % 64 === 7),
  };
  for (const [name, draws] of Object.entries(streams)) {
    t.true(Math.abs(mean(draws) - gamma) < bound(gamma, draws.length), `${name}: mean`);
    for (const lag of [1, 2, 3, 8]) {
      // P(both) = γ².
      const pairs = draws.slice(lag).map((x, i) => x * draws[i]);
      t.true(Math.abs(mean(pairs) - gamma ** 2) < bound(gamma ** 2, pairs.length), `${name}: lag ${lag}`);
    }
  }
});

test('the streams of two steps, and of two seeds, are independent', (t) => {
  const gamma = 0.5;
  const a = draw(40_000, gamma, 3, 1);
  for (const b of [
    draw(40_000, gamma, 3, 2),
    draw(40_000, gamma, 4, 1),
    draw(40_000, gamma, 3 + 2 ** 32, 1),
  ]) {
    const pairs = a.map((x, i) => x * b[i]);
    t.true(Math.abs(mean(pairs) - gamma ** 2) < bound(gamma ** 2, pairs.length));
  }
});
