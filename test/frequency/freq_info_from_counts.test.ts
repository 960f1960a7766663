import test from 'ava';
import fc from 'fast-check';
import {type ClassCountRow, ClassFrequency, freqInfoFromCounts} from '../../src/frequency';

test('accepts counts in every type that drivers return', (t) => {
  const expected = new ClassFrequency({imageCounts: [3, 0, 5], numImages: 9});
  const rows: ClassCountRow[][] = [
    [
      {class: 2, imageCount: 5},
      {class: 0, imageCount: 3},
    ],
    [
      {class: 2n, imageCount: 5n},
      {class: 0n, imageCount: 3n},
    ],
    [
      {class: '2', imageCount: '5'},
      {class: '0', imageCount: '3'},
    ],
  ];
  for (const each of rows) {
    t.deepEqual(freqInfoFromCounts(each, {numImages: 9}), expected);
    t.deepEqual(freqInfoFromCounts(new Set(each), {numImages: '9', numClasses: 3}), expected);
  }
  t.is(freqInfoFromCounts(rows[0], {numImages: 9n, numClasses: 7}).numClasses, 7);
  const none = freqInfoFromCounts([], {numImages: 9, numClasses: 2});
  t.deepEqual(none.imageCounts, Float64Array.of(0, 0));
});

test('accepts names if classNames are given, along with indices', (t) => {
  const classNames = ['cat', 'dog', '12'];
  const rows = [
    {class: 'dog', imageCount: 2},
    {class: 0, imageCount: 1},
    {class: '12', imageCount: 4},
  ];
  const frequency = freqInfoFromCounts(rows, {numImages: 4, classNames});
  t.deepEqual(frequency, new ClassFrequency({imageCounts: [1, 2, 4], numImages: 4, classNames}));
});

test('with one class, 1 is that class and 0 is none', (t) => {
  const expected = new ClassFrequency({imageCounts: [2], numImages: 10});
  for (const [zero, one] of [
    [0, 1],
    [0n, 1n],
    ['0', '1'],
  ]) {
    const negative = {class: zero, imageCount: 8};
    const positive = {class: one, imageCount: 2};
    for (const rows of [[positive], [negative, positive], [positive, negative]]) {
      t.deepEqual(freqInfoFromCounts(rows, {numImages: 10, numClasses: 1}), expected);
    }
  }
  const none = [
    {class: 0, imageCount: 10},
    {class: 1, imageCount: 0},
  ];
  t.deepEqual(freqInfoFromCounts(none, {numImages: 10, numClasses: 1}).imageCounts, Float64Array.of(0));
  t.deepEqual(freqInfoFromCounts([], {numImages: 10, numClasses: 1}).imageCounts, Float64Array.of(0));
  const named = {numImages: 10, classNames: ['fraud']};
  for (const rows of [[{class: 'fraud', imageCount: 2}], [{class: 1, imageCount: 2}]]) {
    t.deepEqual(freqInfoFromCounts(rows, named).imageCounts, Float64Array.of(2));
  }
  t.throws(() => freqInfoFromCounts([{class: 0, imageCount: 2}], {numImages: 10, numClasses: 1}), {
    name: 'ValueError',
    message: /`rows` to be of class 1 \(the one class\) beside 0 \(none\)/,
  });
  t.throws(() => freqInfoFromCounts([{class: 2, imageCount: 2}], {numImages: 10, numClasses: 1}), {
    message: /`class`.*≤ 1. Received: 2/,
  });
});

test('property: rows in any order give the counts they hold', (t) => {
  const counts = fc.array(fc.nat({max: 50}), {minLength: 1, maxLength: 15});
  fc.assert(
    fc.property(counts, fc.nat(), (imageCounts, turn) => {
      const rows = imageCounts.map((imageCount, j) => ({class: j, imageCount}));
      const turned = [...rows.slice(turn % rows.length), ...rows.slice(0, turn % rows.length)];
      const frequency = freqInfoFromCounts(turned, {numImages: 50});
      t.deepEqual(Array.from(frequency.imageCounts), imageCounts);
    }),
  );
});

const invalid: [string, unknown, object, RegExp][] = [
  [
    'a repeated class',
    [
      {class: 1, imageCount: 1},
      {class: '1', imageCount: 2},
    ],
    {},
    /a class is repeated.*"1"/,
  ],
  [
    'more images than there are',
    [{class: 1, imageCount: 10}],
    {},
    /`imageCount of class 1`.*≤ 9. Received: 10/,
  ],
  ['a negative count', [{class: 1, imageCount: -1}], {}, /`imageCount of class 1`/],
  ['a fractional count', [{class: 1, imageCount: '1.5'}], {}, /`imageCount of class 1`/],
  ['a class beyond numClasses', [{class: 3, imageCount: 1}], {numClasses: 3}, /`class`.*≤ 2. Received: 3/],
  ['a negative class', [{class: -1, imageCount: 1}], {}, /`class`/],
  ['a name without names', [{class: 'cat', imageCount: 1}], {}, /names of classes need `classNames`.*"cat"/],
  [
    'an unknown name',
    [{class: 'owls', imageCount: 1}],
    {classNames: ['cat', 'owl']},
    /`class` to be one of classNames \(did you mean "owl"\?\)\. Received: "owls"/,
  ],
  [
    'counts of an unknown name',
    {owls: 1},
    {classNames: ['cat', 'owl']},
    /did you mean "owl"\?\)\. Received: "owls"/,
  ],
  ['counts by name without names', {cat: 1}, {}, /names of classes need `classNames`.*"cat"/],
  ['a count that is none', {cat: -1}, {classNames: ['cat', 'owl']}, /`imageCount of class cat`/],
  ['a count beyond 2^53', [{class: 0, imageCount: 2n ** 60n}], {numImages: 2n ** 61n}, /`numImages`/],
  [
    'a null class',
    [{class: null, imageCount: 1}],
    {},
    /\{class, imageCount\}.*Received: \{class, imageCount\}/,
  ],
  ['another column name', [{class: 1, count: 1}], {}, /\{class, imageCount\}.*Received: \{class, count\}/],
  ['no iterable', {class: 1, imageCount: 1}, {}, /`rows` to be an iterable/],
  ['no rows and no numClasses', [], {}, /at least one row/],
  ['no images', [], {numClasses: 1, numImages: 0}, /`numImages`/],
  ['numClasses unlike classNames', [], {numClasses: 1, classNames: ['a', 'b']}, /`numClasses` to be 2/],
  [
    'an unknown option',
    [],
    {numClass: 3},
    /freqInfoFromCounts .* "numClass" \(did you mean "numClasses"\?\)/,
  ],
  [
    'repeated classNames',
    [],
    {classNames: ['a', 'a']},
    /`classNames` to be an array of strings without repetition/,
  ],
];
for (const [what, rows, options, message] of invalid) {
  test(`rejects ${what}`, (t) => {
    const call = () => freqInfoFromCounts(rows as never, {numImages: 9, ...options});
    t.throws(call, {name: 'ValueError', message});
  });
}

test('accepts counts by name in any order, or by index', (t) => {
  const classNames = ['cat', 'owl', 'yak'];
  const named = freqInfoFromCounts({yak: '2', cat: 600n, owl: 40}, {numImages: 1000, classNames});
  t.deepEqual(named, new ClassFrequency({imageCounts: [600, 40, 2], numImages: 1000, classNames}));
  const indexed = freqInfoFromCounts({2: 5, 0: 7}, {numImages: 12});
  t.deepEqual([...indexed.imageCounts], [7, 0, 5]);
});

test('digits in strings are numbers, however many; nothing else in strings is', (t) => {
  const {imageCounts} = freqInfoFromCounts([{class: '10', imageCount: '1203'}], {numImages: 2000});
  t.deepEqual([...imageCounts], [...Array(10).fill(0), 1203]);
  for (const imageCount of ['1a', 'a1', '1.5', '-1', '', ' 1']) {
    t.throws(() => freqInfoFromCounts([{class: 0, imageCount}], {numImages: 9}), {name: 'ValueError'});
  }
});

test('a stray index allocates no memory, unless numClasses is given', (t) => {
  const before = process.memoryUsage().arrayBuffers;
  const rows = [{class: 2e8, imageCount: 1}];
  t.throws(() => freqInfoFromCounts(rows, {numImages: 1}), {
    name: 'ValueError',
    message: /`class` .* say `numClasses`.*200000001.* Received: 200000000/,
  });
  t.true(process.memoryUsage().arrayBuffers - before < 2 ** 20);
  const million = [{class: 999_999, imageCount: 1}];
  t.is(freqInfoFromCounts(million, {numImages: 1}).numClasses, 1e6);
  const more = [{class: 1_000_000, imageCount: 1}];
  t.throws(() => freqInfoFromCounts(more, {numImages: 1}), {name: 'ValueError'});
  t.is(freqInfoFromCounts(more, {numImages: 1, numClasses: 1_000_001}).numClasses, 1_000_001);
});
