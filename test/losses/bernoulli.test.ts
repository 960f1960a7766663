import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {drawBernoulli} from '../../src/losses/bernoulli';
import {useBackend} from '../helpers/backends';

/** Five standard deviations of the mean of n draws: a bound that holds for all but one seed in a million. */
const bound = (gamma: number, n: number) => 5 * Math.sqrt((gamma * (1 - gamma)) / n);
const mean = (draws: ArrayLike<number>) => Array.from(draws).reduce((sum, x) => sum + x, 0) / draws.length;

test.before(() => useBackend('cpu'));

test.serial('draws are 0 or 1, and 1 with probability γ', (t) => {
  for (const gamma of [0.1, 0.5, 0.9, 0.999]) {
    const draws = drawBernoulli(40_000, gamma, 3, 0);
    t.true(draws.every((x) => x === 0 || x === 1));
    t.true(Math.abs(mean(draws) - gamma) < bound(gamma, draws.length), `γ = ${gamma}: ${mean(draws)}`);
  }
  t.deepEqual([mean(drawBernoulli(1000, 0, 3, 0)), mean(drawBernoulli(1000, 1, 3, 0))], [0, 1]);
});

test.serial('steps and seeds that follow each other give independent draws', (t) => {
  const gamma = 0.3;
  for (const draw of [
    (i: number) => drawBernoulli(2, gamma, 3, i),
    (i: number) => drawBernoulli(2, gamma, i, 0),
  ]) {
    const draws = Array.from({length: 5000}, (_, i) => draw(i));
    const first = draws.map(([x]) => x);
    t.true(Math.abs(mean(first) - gamma) < bound(gamma, first.length), 'mean of the first draws');
    for (const both of [first.slice(1).map((x, i) => x * first[i]), draws.map(([x, y]) => x * y)]) {
      // Neighbours: P(both) = γ².
      t.true(Math.abs(mean(both) - gamma ** 2) < bound(gamma ** 2, both.length), 'pairs');
    }
  }
});

test.serial('the stream depends on seed and step alone, not on the backend', async (t) => {
  const draws = drawBernoulli(64, 0.5, 3, 1);
  t.deepEqual(drawBernoulli(64, 0.5, 3, 1), draws);
  t.notDeepEqual(drawBernoulli(64, 0.5, 3, 2), draws);
  t.notDeepEqual(drawBernoulli(64, 0.5, 4, 1), draws);
  await useBackend('wasm');
  t.deepEqual(drawBernoulli(64, 0.5, 3, 1), draws);
  await useBackend('cpu');
});

test.serial('it leaves no tensor, and takes zero draws', (t) => {
  const before = tf.memory().numTensors;
  t.is(drawBernoulli(0, 0.5, 3, 0).length, 0);
  drawBernoulli(10, 0.5, 3, 0);
  t.is(tf.memory().numTensors, before);
});
