import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {cifar} from '../../../src/io/datasets';
import {temporaryDirectory} from '../files/temporary';

// Builds a record in the format of https://www.cs.toronto.edu/~kriz/cifar.html: labels, then 1,024 red, green and blue
// bytes.
function record(labels: number[], [r, g, b]: [number, number, number]): Uint8Array {
  const bytes = new Uint8Array(labels.length + 3072);
  bytes.set(labels);
  for (const [c, level] of [r, g, b].entries()) {
    bytes.fill(level, labels.length + 1024 * c, labels.length + 1024 * (c + 1));
  }
  bytes[labels.length + 1] = 7; // red of the second pixel of the first row
  return bytes;
}

test('CIFAR-10: reads five training batches and one test batch, channels last', async (t) => {
  const folder = temporaryDirectory(t);
  writeFileSync(join(folder, 'batches.meta.txt'), 'airplane\nautomobile\nbird\n\n');
  for (let n = 1; n <= 5; ++n) {
    const records = [record([0], [n, 20, 30]), record([n % 3], [n, 20, 30])];
    writeFileSync(join(folder, `data_batch_${n}.bin`), Buffer.concat(records));
  }
  writeFileSync(join(folder, 'test_batch.bin'), record([2], [255, 51, 0]));
  const {train, test: tested, classNames} = await cifar(folder);
  t.deepEqual(classNames, ['airplane', 'automobile', 'bird']);
  t.deepEqual([[...train.labels], [...tested!.labels]], [[0, 1, 0, 2, 0, 0, 0, 1, 0, 2], [2]]);
  t.is(train.nameOf(3), 'data_batch_2.bin[1]');
  const {value} = await (await tested!.iterator()).next();
  t.deepEqual(value.xs.shape, [1, 32, 32, 3]);
  const levels = Array.from(value.xs.dataSync().slice(0, 6), (x) => Math.round(255 * (x as number)));
  t.deepEqual(levels, [255, 51, 0, 7, 51, 0]);
  tf.dispose(value);

  const {train: rest, validation} = await cifar(folder, {validation: 0.3, seed: 1});
  t.deepEqual(
    [rest.counts, validation?.counts],
    [
      {airplane: 4, automobile: 1, bird: 1},
      {airplane: 2, automobile: 1, bird: 1},
    ],
  );
});

test('CIFAR-100: reads fine and coarse labels', async (t) => {
  const folder = temporaryDirectory(t);
  writeFileSync(join(folder, 'fine_label_names.txt'), 'apple\nbaby\nbear');
  writeFileSync(join(folder, 'coarse_label_names.txt'), 'fruit\npeople');
  writeFileSync(
    join(folder, 'train.bin'),
    Buffer.concat([record([1, 2], [1, 2, 3]), record([0, 0], [1, 2, 3])]),
  );
  writeFileSync(join(folder, 'test.bin'), record([1, 1], [9, 8, 6]));
  const fine = await cifar(folder);
  t.deepEqual([[...fine.train.labels], [...fine.test!.labels]], [[2, 0], [1]]);
  const coarse = await cifar(folder, {labels: 'coarse'});
  t.deepEqual(
    [coarse.classNames, [...coarse.train.labels]],
    [
      ['fruit', 'people'],
      [1, 0],
    ],
  );
});

test('refuses missing and truncated files, naming them', async (t) => {
  const folder = temporaryDirectory(t);
  await t.throwsAsync(cifar(folder), {
    message: /^Expected a file of CIFAR's binary version\. Received: no .*data_batch_1\.bin/,
  });
  writeFileSync(join(folder, 'train.bin'), new Uint8Array(3073));
  await t.throwsAsync(cifar(folder), {
    message: /train\.bin to have records of 3074 bytes\. Received: 3073 bytes/,
  });
  await t.throwsAsync(cifar(folder, {labels: 'all' as 'fine'}), {message: /^Expected `labels` to be/});
  await t.throwsAsync(cifar(folder, {size: 3} as object), {message: /known names only/});
});
