import test from 'ava';
import {ClassFrequency, ClassFrequencyCounter, frequenciesOf, namesOf} from '../../src/frequency';

test('returns the f_j of every kind of frequency info in float64', (t) => {
  t.deepEqual(
    frequenciesOf(new ClassFrequency({imageCounts: [1, 2], numImages: 3})),
    Float64Array.of(1 / 3, 2 / 3),
  );
  t.deepEqual(frequenciesOf([0, 0.1, 1]), Float64Array.of(0, 0.1, 1));
  t.deepEqual(frequenciesOf(Float32Array.of(0.1)), Float64Array.of(Math.fround(0.1)));
});

test('for a counter, returns those so far, at each call', (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 2});
  t.throws(() => frequenciesOf(counter), {message: /a counter that has counted images/});
  t.deepEqual(frequenciesOf(counter.add(0)), Float64Array.of(1, 0));
  t.deepEqual(frequenciesOf(counter.add(1)), Float64Array.of(0.5, 0.5));
});

test('copies plain arrays', (t) => {
  const plain = Float64Array.of(0.5);
  frequenciesOf(plain)[0] = 9;
  t.is(plain[0], 0.5);
});

test('rejects invalid frequencies', (t) => {
  for (const value of [-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY, '0.5', null]) {
    t.throws(() => frequenciesOf([0.5, value] as never), {
      message: /`freqInfo\[1\]` to be a frequency in 0 … 1/,
    });
  }
  t.throws(() => frequenciesOf({cat: 600, owl: 2} as never), {
    message: /\(freqInfoFromCounts takes counts by name\)/,
  });
  t.throws(() => frequenciesOf([]), {message: /`freqInfo.length`/});
  for (const value of [undefined, null, 3, 'abc', {frequencies: [1]}]) {
    t.throws(() => frequenciesOf(value as never), {message: /`freqInfo` to be a ClassFrequency, /});
  }
});

test('returns the names of counts that have some', (t) => {
  const classNames = ['cat', 'owl'];
  t.deepEqual(namesOf(new ClassFrequency({imageCounts: [1, 2], numImages: 3, classNames})), classNames);
  t.deepEqual(namesOf(new ClassFrequencyCounter({classNames})), classNames);
  for (const freqInfo of [new ClassFrequencyCounter({numClasses: 2}), [0.1, 0.9], undefined]) {
    t.is(namesOf(freqInfo), undefined);
  }
});
