import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequencyCounter, classFrequency} from '../../src/frequency';
import {useWebGpuLikeBackend} from '../helpers/webgpu_like';

test.before(useWebGpuLikeBackend);

const LABELS = [0, 2, 2, 1, 3];
const dataset = () =>
  tf.data.generator(function* () {
    for (const label of LABELS) yield {xs: tf.zeros([2]), ys: tf.tensor1d([label])};
  } as never);

test.serial('classFrequency reads tensors asynchronously on the webgpu backend', async (t) => {
  const before = tf.memory().numTensors;
  const frequency = await classFrequency(dataset(), {numClasses: 3});
  t.deepEqual(frequency.imageCounts, Float64Array.of(1, 1, 2));
  t.is(frequency.numImages, 5);
  t.is(tf.memory().numTensors, before);
});

test.serial('so do label selectors, with or without a tensor, and errors leak none', async (t) => {
  const before = tf.memory().numTensors;
  const label = (element: {ys: tf.Tensor}) => tf.reshape(tf.add(element.ys, 0), []);
  t.is((await classFrequency(dataset(), {numClasses: 3, label})).imageCounts[2], 2);
  t.is((await classFrequency(dataset(), {numClasses: 3, label: () => 1})).imageCounts[1], 5);
  await t.throwsAsync(classFrequency(dataset(), {numClasses: 2}), {message: /Received: 3/});
  t.is(tf.memory().numTensors, before);
});

test.serial('an observed dataset counts once, prefetched or not', async (t) => {
  const before = tf.memory().numTensors;
  const counter = new ClassFrequencyCounter({numClasses: 3});
  const observed = counter.observe(dataset());
  for (let epoch = 0; epoch < 2; ++epoch) {
    const iterator = await observed.prefetch(4).iterator();
    for (let item = await iterator.next(); !item.done; item = await iterator.next()) tf.dispose(item.value);
  }
  t.deepEqual(counter.imageCounts, Float64Array.of(1, 1, 2));
  t.is(tf.memory().numTensors, before);
});
