import test from 'ava';
import {METHODS, outputFrequencies} from '../../../models/moby-dick/methods';
import {ClassFrequency, Loss} from '../../../src';

const freqInfo = new ClassFrequency({imageCounts: [50, 5], numImages: 200});

test('every method makes its loss', (t) => {
  for (const [name, {loss}] of Object.entries(METHODS)) {
    const made = loss({
      freqInfo: outputFrequencies(name, freqInfo),
      lambda: 0.05,
      seed: 1,
      background: true,
      epochs: 6,
    });
    t.true(made instanceof Loss, name);
  }
});

test('softmax methods have background as one more class', (t) => {
  t.is(outputFrequencies('ce', freqInfo), freqInfo);
  const {imageCounts, numImages} = outputFrequencies('bs', freqInfo);
  t.deepEqual([[...imageCounts], numImages], [[50, 5, 145], 200]);
  const without = new ClassFrequency({imageCounts: [50, 5], numImages: 55});
  t.is(outputFrequencies('bs', without), without);
});
