import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../src';
import {useBackend} from '../helpers/backends';

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `after setWeights, Adam's running products equal those of uninterrupted steps (${backend})`,
    async (t) => {
      await useBackend(backend);
      const products = (adam: tf.AdamOptimizer) => {
        const {accBeta1, accBeta2} = adam as unknown as {accBeta1: tf.Variable; accBeta2: tf.Variable};
        return [accBeta1.dataSync()[0], accBeta2.dataSync()[0]];
      };
      const x = tf.variable(tf.scalar(1));
      const original = tf.train.adam(0.01, 0.87, 0.9973);
      for (let step = 0; step < 200; ++step) {
        original.minimize(() => tf.square(x), false, [x]);
        if (step % 40 !== 0) continue;
        const restored = tf.train.adam(0.01, 0.87, 0.9973);
        await restored.setWeights(await original.getWeights());
        t.deepEqual(products(restored), products(original), `after ${step + 1} steps`);
      }
    },
  );
}

const countOf = (steps: number) => [{name: 'iter', tensor: tf.tensor([steps], [], 'float32')}];

test.serial('resumes any number of steps quickly once the product stops changing', async (t) => {
  await useBackend('cpu');
  // By hand: float32 products of .9 and .999 stop at 4 and 500 times the smallest number, 2 ** -149.
  const smallest = 2 ** -149;
  for (const steps of [2 ** 31 - 1, 1e30]) {
    const adam = tf.train.adam(0.01, 0.9, 0.999);
    const start = performance.now();
    await adam.setWeights(countOf(steps));
    t.true(performance.now() - start < 1000, `${steps} steps took ${performance.now() - start} ms`);
    const {accBeta1, accBeta2} = adam as unknown as {accBeta1: tf.Variable; accBeta2: tf.Variable};
    t.is(accBeta1.dataSync()[0], 4 * smallest);
    t.is(accBeta2.dataSync()[0], 500 * smallest);
  }
});

test.serial('a beta near 1 takes no longer, and the product stays near its power', async (t) => {
  await useBackend('cpu');
  const adam = tf.train.adam(0.01, 0.9, 1 - 2 ** -24);
  const steps = 2 ** 26;
  const start = performance.now();
  await adam.setWeights(countOf(steps));
  t.true(performance.now() - start < 2000);
  const {accBeta2} = adam as unknown as {accBeta2: tf.Variable};
  // Each step rounds off up to two units of 2 ** -24, so the result lies in e⁻⁸ … e⁻⁴.
  t.true(accBeta2.dataSync()[0] > Math.exp(-8) && accBeta2.dataSync()[0] < Math.exp(-4));
});

test.serial('refuses an impossible number of steps before setting anything', async (t) => {
  await useBackend('cpu');
  const adam = tf.train.adam(0.01);
  for (const steps of [Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    await t.throwsAsync(adam.setWeights(countOf(steps)), {
      name: 'ValueError',
      message: /`iter` to be an integer ≥ 0/,
    });
  }
  await t.throwsAsync(adam.setWeights([{name: 'iter', tensor: tf.tensor1d([1, 2])}]), {message: /`iter`/});
  await t.throwsAsync(adam.setWeights([]), {name: 'ValueError', message: /`iter`/});
  t.is(adam.iterations, 0);
});
