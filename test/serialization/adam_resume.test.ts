import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../src';
import {useBackend} from '../helpers/backends';

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(
    `after setWeights, Adam's running products are those of uninterrupted steps (${backend})`,
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
