import test from 'ava';
import fc from 'fast-check';
import {ClassFrequency} from '../../src/frequency';
import {BalancedSoftmaxLoss} from '../../src/losses';

test('frequencies are image counts over images, in float64', (t) => {
  const frequency = new ClassFrequency({imageCounts: [1, 0, 3], numImages: 3, classNames: ['a', 'b', 'c']});
  t.deepEqual(frequency.frequencies, Float64Array.of(1 / 3, 0, 1));
  t.deepEqual(frequency.imageCounts, Float64Array.of(1, 0, 3));
  t.is(frequency.numClasses, 3);
  t.is(frequency.numImages, 3);
  t.deepEqual(frequency.classNames, ['a', 'b', 'c']);
});

test('it does not share its arrays with the caller, and its fields cannot be reassigned', (t) => {
  const imageCounts = Float64Array.of(1, 2);
  const classNames = ['a', 'b'];
  const frequency = new ClassFrequency({imageCounts, numImages: 2, classNames});
  imageCounts[0] = 2;
  classNames[0] = 'z';
  t.deepEqual(frequency.imageCounts, Float64Array.of(1, 2));
  t.deepEqual(frequency.classNames, ['a', 'b']);
  t.throws(() => Object.assign(frequency, {numImages: 5}), {instanceOf: TypeError});
});

test('the JSON form is plain snake_case', (t) => {
  const frequency = new ClassFrequency({imageCounts: [1, 2], numImages: 4});
  t.is(JSON.stringify(frequency), '{"num_images":4,"image_counts":[1,2]}');
  const named = new ClassFrequency({imageCounts: [1, 2], numImages: 4, classNames: ['a', 'b']});
  t.deepEqual(named.toJSON().class_names, ['a', 'b']);
});

test('property: a JSON round trip is exact', (t) => {
  const args = fc.integer({min: 1, max: Number.MAX_SAFE_INTEGER}).chain((numImages) =>
    fc.record({
      numImages: fc.constant(numImages),
      imageCounts: fc.array(fc.nat({max: numImages}), {minLength: 1, maxLength: 20}),
    }),
  );
  fc.assert(
    fc.property(args, fc.boolean(), ({numImages, imageCounts}, named) => {
      const classNames = named ? imageCounts.map((_, j) => `class_${j}`) : undefined;
      const frequency = new ClassFrequency({imageCounts, numImages, classNames});
      t.deepEqual(ClassFrequency.fromJSON(JSON.parse(JSON.stringify(frequency))), frequency);
    }),
  );
});

const invalid: [string, object, RegExp][] = [
  ['no images', {imageCounts: [0], numImages: 0}, /`numImages` to be an integer ≥ 1.*Received: 0/],
  ['fractional images', {imageCounts: [0], numImages: 1.5}, /`numImages`/],
  ['a negative count', {imageCounts: [1, -1], numImages: 2}, /`imageCounts\[1\]`.*Received: -1/],
  ['a fractional count', {imageCounts: [0.5], numImages: 2}, /`imageCounts\[0\]`/],
  ['NaN', {imageCounts: [Number.NaN], numImages: 2}, /`imageCounts\[0\]`/],
  ['more than all images', {imageCounts: [3], numImages: 2}, /integer ≥ 0 and ≤ 2. Received: 3/],
  ['no classes', {imageCounts: [], numImages: 2}, /`imageCounts.length`/],
  ['missing counts', {numImages: 2}, /`imageCounts.length`/],
  [
    'too few names',
    {imageCounts: [1, 1], numImages: 2, classNames: ['a']},
    /`classNames` to be an array of 2/,
  ],
  [
    'a name of two classes',
    {imageCounts: [1, 1, 1], numImages: 2, classNames: ['b', 'a', 'b']},
    /^Expected `classNames` to be .* without repetition\. Received: "b" twice$/,
  ],
  [
    'an unknown argument',
    {imageCounts: [1], numImages: 2, names: ['a']},
    /ClassFrequency to have known names only. Received: "names" \(/,
  ],
  ['names that are no strings', {imageCounts: [1], numImages: 2, classNames: [7]}, /`classNames`/],
];
for (const [what, args, message] of invalid) {
  test(`rejects ${what}`, (t) => {
    t.throws(() => new ClassFrequency(args as never), {name: 'ValueError', message});
  });
}

test('a name repeated in files of version 0.1 is read and written again', (t) => {
  const json = {num_images: 2, image_counts: [1, 1], class_names: ['crane', 'crane']};
  const counted = ClassFrequency.fromJSON(json);
  t.deepEqual(counted.classNames, ['crane', 'crane']);
  t.deepEqual(ClassFrequency.fromJSON(JSON.parse(JSON.stringify(counted))), counted);
  const loss = BalancedSoftmaxLoss.fromConfig(BalancedSoftmaxLoss, {freq_info: json});
  t.deepEqual((loss.freqInfo as ClassFrequency).classNames, ['crane', 'crane']);
  t.throws(() => ClassFrequency.fromJSON({...json, class_names: ['crane']}), {
    message: /an array of 2 strings/,
  });
  const {numImages, imageCounts, classNames} = counted;
  t.throws(() => new ClassFrequency({numImages, imageCounts, classNames}), {message: /"crane" twice/});
});

test('fromJSON accepts only arrays of counts', (t) => {
  for (const image_counts of [undefined, 'x', {length: 2 ** 31}, new Uint8Array(1)]) {
    const from = () => ClassFrequency.fromJSON({num_images: 1, image_counts} as never);
    t.throws(from, {name: 'ValueError', message: /`image_counts` to be an array/});
  }
});

test('fromJSON rejects anything but an object, and an empty one', (t) => {
  for (const json of [null, undefined, 3, 'x', {class_name: 'ClassFrequency', config: null}]) {
    t.throws(() => ClassFrequency.fromJSON(json as never), {
      name: 'ValueError',
      message: /Expected `json` to be an object/,
    });
  }
  t.throws(() => ClassFrequency.fromJSON({} as never), {name: 'ValueError', message: /`image_counts`/});
});
