import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  checkLengths,
  readSampleWeight,
  readSampleWeightAsync,
  toTensors,
} from '../../src/serialization/given_weights';
import {useBackend} from '../helpers/backends';

test.before(() => useBackend('cpu'));

const VALUES = [0.5, 2, 0];
const forms: Record<string, () => unknown> = {
  array: () => VALUES,
  column: () => VALUES.map((value) => [value]),
  'float32 array': () => Float32Array.from(VALUES),
  'float64 array': () => Float64Array.from(VALUES),
  tensor: () => tf.tensor1d(VALUES),
  'tensor [batch, 1]': () => tf.tensor2d(VALUES, [3, 1]),
};
const plain = (read: Array<Float32Array | null>) => read.map((weights) => weights && Array.from(weights));

for (const [form, make] of Object.entries(forms)) {
  test.serial(`${form}: reads weights for one output, for all, and in arrays and dictionaries`, async (t) => {
    const given = make();
    const before = tf.memory().numTensors;
    for (const [sampleWeight, names, wanted] of [
      [given, ['a'], [VALUES]],
      [[given], ['a'], [VALUES]],
      [{a: given}, ['a'], [VALUES]],
      [
        [null, given],
        ['a', 'b'],
        [null, VALUES],
      ],
      [{b: given}, ['a', 'b'], [null, VALUES]],
      ...(form === 'column' ? [] : [[given, ['a', 'b'], [VALUES, VALUES]]]),
    ] as Array<[unknown, string[], unknown]>) {
      t.deepEqual(plain(readSampleWeight(sampleWeight, names)), wanted as never);
      t.deepEqual(plain(await readSampleWeightAsync(sampleWeight, names)), wanted as never);
    }
    t.is(tf.memory().numTensors, before);
  });
}

test.serial('reads integers and booleans as numbers, and accepts no samples', (t) => {
  t.deepEqual(plain(readSampleWeight(tf.tensor1d([3, 0], 'int32'), ['a'])), [[3, 0]]);
  t.deepEqual(plain(readSampleWeight(tf.tensor1d([true, false], 'bool'), ['a'])), [[1, 0]]);
  t.deepEqual(plain(readSampleWeight([], ['a'])), [[]]);
  t.deepEqual(plain(readSampleWeight(tf.zeros([0]), ['a'])), [[]]);
});

test.serial('refuses anything but one weight per sample, naming the output', async (t) => {
  for (const [sampleWeight, names, message] of [
    [[[1, 2], [3]], ['a'], /Expected `sampleWeight` to be one weight per sample, \[batch\] or \[batch, 1\]/],
    [
      [[1, 2], tf.zeros([2, 2])],
      ['a', 'b'],
      /one weight per sample.* for output 'b'. Received: tensor of shape \[2, 2\]/,
    ],
    [[[1], [-1]], ['a', 'b'], /finite numbers ≥ 0 for output 'b'. Received: -1 of sample 0/],
    [[null, null, null], ['a', 'b'], /or one such for each of the outputs a, b/],
    [{c: [1]}, ['a', 'b'], /by the names of the outputs: a, b. Received: {c}/],
    ['heavy', ['a'], /weights of samples, \[batch\] or \[batch, 1\]. Received: "heavy"/],
    [tf.complex([1], [1]), ['a'], /one weight per sample/],
  ] as Array<[unknown, string[], RegExp]>) {
    t.throws(() => readSampleWeight(sampleWeight, names), {message, name: 'ValueError'});
    await t.throwsAsync(readSampleWeightAsync(sampleWeight, names), {message, name: 'ValueError'});
  }
  const read = readSampleWeight([[1, 2], null], ['a', 'b']);
  t.notThrows(() => checkLengths(read, 2, ['a', 'b']));
  t.throws(() => checkLengths(read, 3, ['a', 'b']), {
    message: /each of the 3 samples for output 'a'. Received: \[1, 2\]/,
  });
  t.deepEqual(
    toTensors(read).map((tensor) => tensor && Array.from(tensor.dataSync())),
    [[1, 2], null],
  );
});
