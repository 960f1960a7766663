import '@tensorflow/tfjs';
import test from 'ava';
import {METHODS, outputsOf, readMethods} from '../../../models/detection/methods';
import {ClassFrequency, Loss} from '../../../src';

test('every method makes its loss, for logits of its own number', (t) => {
  const freqInfo = new ClassFrequency({imageCounts: [50, 5], numImages: 200});
  const widths = Object.entries(METHODS).map(([name, method]) => {
    t.true(method.loss({freqInfo, lambda: 0.05}) instanceof Loss, name);
    return [name, outputsOf(method, 2)];
  });
  t.deepEqual(Object.fromEntries(widths), {
    sigmoid: 2,
    softmax: 3,
    eql: 2,
    seesaw: 4,
    'eql+rfs': 2,
    'eql-e': 2,
  });
});

test('a list of methods', (t) => {
  t.deepEqual(readMethods('sigmoid, eql+rfs'), ['sigmoid', 'eql+rfs']);
  for (const list of ['', 'no', 'eql,', 'toString']) {
    t.throws(() => readMethods(list), {name: 'ValueError', message: /^Expected `--methods`/});
  }
});
