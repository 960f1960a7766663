import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {CROP_SIDE} from '../../../../models/moby-dick/data/crops';
import {sampledScans} from '../../../../models/moby-dick/data/sampled_scans';
import {classAware} from '../../../../src/sampling';

test('as often as the sampler says, in fresh crops, background as one more class', async (t) => {
  // Class 0 twenty times, class 1 once, background nine times.
  const labels = Uint8Array.from({length: 30}, (_, i) => (i < 20 ? 0 : i < 21 ? 1 : 2));
  const crop = (row: number, random: {next(): number}) =>
    new Uint8Array(CROP_SIDE ** 2).fill(labels[row] * 100 + Math.floor(50 * random.next()));
  const dataset = sampledScans(
    {classes: ['a', 'b'], labels, crop},
    {batchSize: 8, seed: 1, sampler: classAware},
  );
  const seen = [0, 0, 0];
  const ofOne = new Set<number>();
  for (let epoch = 0; epoch < 20; epoch++) {
    const iterator = await dataset.iterator();
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      const {xs, ys} = next.value as {xs: tf.Tensor; ys: tf.Tensor};
      t.deepEqual(
        [xs.shape.slice(1), ys.shape, ys.dtype],
        [[CROP_SIDE, CROP_SIDE, 1], [xs.shape[0]], 'int32'],
      );
      const levels = xs.dataSync();
      ys.dataSync().forEach((label, i) => {
        seen[label]++;
        const level = Math.round(255 * levels[i * CROP_SIDE ** 2]);
        t.is(Math.floor(level / 100), label);
        if (label === 1) ofOne.add(level);
      });
      tf.dispose([xs, ys]);
    }
  }
  for (const count of seen) t.true(Math.abs(count - 200) < 60, `${seen}`);
  t.true(ofOne.size > 30, `${ofOne.size}`);
});
