import test from 'ava';
import fc from 'fast-check';
import {
  ClassFrequency,
  ClassFrequencyCounter,
  deserializeFrequencyInfo,
  type FrequencyInfo,
  frequenciesOf,
  serializeFrequencyInfo,
} from '../../src/frequency';

const roundTrip = (freqInfo: FrequencyInfo) =>
  deserializeFrequencyInfo(JSON.parse(JSON.stringify(serializeFrequencyInfo(freqInfo))));

test('writes plain arrays unchanged and tags the classes', (t) => {
  t.deepEqual(serializeFrequencyInfo(Float64Array.of(0.25, 1)), [0.25, 1]);
  const frequency = new ClassFrequency({imageCounts: [1], numImages: 2});
  t.deepEqual(serializeFrequencyInfo(frequency), {
    class_name: 'ClassFrequency',
    config: {num_images: 2, image_counts: [1]},
  });
  const counter = new ClassFrequencyCounter({numClasses: 1, batched: false}).add(1);
  t.deepEqual(serializeFrequencyInfo(counter), {
    class_name: 'ClassFrequencyCounter',
    config: {num_classes: 1, num_images: 1, image_counts: [1], batched: false},
  });
});

test('property: a round trip of plain f_j is exact to the bit', (t) => {
  const plain = fc.array(fc.double({min: 0, max: 1, noNaN: true}), {minLength: 1, maxLength: 20});
  fc.assert(
    fc.property(plain, fc.boolean(), (values, single) => {
      const freqInfo = single ? Float32Array.from(values) : values;
      // JSON has no −0, and no comparison of frequencies tells it from 0.
      t.deepEqual(
        frequenciesOf(roundTrip(freqInfo)),
        frequenciesOf(freqInfo).map((f) => f + 0),
      );
    }),
  );
});

test('a round trip of the classes gives equal ones, even for empty counters', (t) => {
  const frequency = new ClassFrequency({imageCounts: [1, 7], numImages: 9, classNames: ['a', 'b']});
  t.deepEqual(roundTrip(frequency), frequency);
  const counter = new ClassFrequencyCounter({numClasses: 2, labels: 'list'});
  for (let images = 0; images < 2; ++images) {
    const again = roundTrip(counter) as ClassFrequencyCounter;
    t.true(again instanceof ClassFrequencyCounter);
    t.deepEqual(again.toJSON(), counter.toJSON());
    counter.add([1]);
  }
});

test('accepts untagged counts', (t) => {
  const frequency = deserializeFrequencyInfo({num_images: 4, image_counts: [1, 2]});
  t.deepEqual(frequency, new ClassFrequency({imageCounts: [1, 2], numImages: 4}));
});

test('rejects everything else', (t) => {
  const invalid = [null, undefined, 3, 'x', {}, {class_name: 'Frequency', config: {}}, {image_counts: [1]}];
  for (const json of invalid) {
    t.throws(() => deserializeFrequencyInfo(json as never), {name: 'ValueError', message: /`freq_info`/});
  }
  t.throws(() => deserializeFrequencyInfo([2]), {message: /frequency in 0 … 1/});
  t.throws(() => deserializeFrequencyInfo({num_images: 1, image_counts: [2]}), {
    message: /`imageCounts\[0\]`/,
  });
});
