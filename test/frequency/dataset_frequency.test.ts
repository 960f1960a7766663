import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {
  ClassFrequency,
  ClassFrequencyCounter,
  type CountingProgress,
  classFrequency,
} from '../../src/frequency';
import {ENCODINGS, type Images, naiveCounts} from './reading/label_encodings';

tf.enableProdMode();
const {data} = tf;

const images: Images = {numClasses: 5, images: [[3], [], [0], [3], [1], [3], [4], []]};
const multi: Images = {
  numClasses: 5,
  images: [[3, 1, 3], [], [0], [2, 4, 1], [0, 1], [4, 4], [0, 3, 2, 1, 4]],
};

for (const {name, options, single, encode} of ENCODINGS) {
  test.serial(`counts a dataset of ${name} and leaks no tensor`, async (t) => {
    const given = single ? images : multi;
    const before = tf.memory().numTensors;
    const dataset = data.generator(function* () {
      for (const ys of encode(given)) yield {xs: tf.zeros([2]), ys};
    } as never);
    // A generator of tensors makes all that `encode` returns, so that the count before and after can agree.
    const frequency = await classFrequency(dataset, {numClasses: 5, ...options});
    t.deepEqual(Array.from(frequency.imageCounts), naiveCounts(given));
    t.is(frequency.numImages, given.images.length);
    t.is(tf.memory().numTensors, before);
  });
}

test('property: classFrequency of a batched dataset equals that of the unbatched one', async (t) => {
  const labels = fc.array(fc.nat({max: 40}), {minLength: 1, maxLength: 40});
  await fc.assert(
    fc.asyncProperty(labels, fc.integer({min: 1, max: 9}), async (ys, batchSize) => {
      const dataset = data.array(ys.map((label) => ({xs: 0, ys: label})));
      const options = {numClasses: 40, labels: 'integer'} as const;
      const unbatched = await classFrequency(dataset, {...options, batched: false});
      t.deepEqual(await classFrequency(dataset.batch(batchSize), {...options, batched: true}), unbatched);
      t.deepEqual(
        Array.from(unbatched.imageCounts),
        naiveCounts({numClasses: 40, images: ys.map((y) => [y])}),
      );
    }),
    {numRuns: 25},
  );
});

test('a label selector, class names, and a dataset that is iterable but not a tf.data.Dataset', async (t) => {
  const items = [{tags: [0, 2, 2]}, {tags: []}, {tags: [2]}];
  const dataset = {
    async iterator() {
      let i = 0;
      return {
        next: async () => (i < 3 ? {value: items[i++], done: false} : {value: null, done: true as const}),
      };
    },
  };
  const frequency = await classFrequency(dataset, {
    numClasses: 3,
    label: (element) => element.tags,
    classNames: ['a', 'b', 'c'],
  });
  t.deepEqual(frequency.frequencies, Float64Array.of(1 / 3, 0, 2 / 3));
  t.deepEqual(frequency.classNames, ['a', 'b', 'c']);
});

test('reports progress every 1,000 elements and at the end, in elements and images', async (t) => {
  const run = async (elements: number) => {
    const seen: CountingProgress[] = [];
    const dataset = data.array(Array.from({length: elements}, () => ({ys: [0, 1]})));
    await classFrequency(dataset, {
      numClasses: 9,
      labels: 'integer',
      batched: true,
      onProgress: (progress) => seen.push(progress),
    });
    return seen;
  };
  t.deepEqual(await run(2500), [
    {elements: 1000, images: 2000},
    {elements: 2000, images: 4000},
    {elements: 2500, images: 5000},
  ]);
  t.deepEqual(await run(1000), [{elements: 1000, images: 2000}]);
  t.deepEqual(await run(3), [{elements: 3, images: 6}]);
});

function consumed(size: number | null, length = 3) {
  const log = {iterators: 0, elements: 0};
  const dataset = {
    size,
    async iterator() {
      ++log.iterators;
      return {
        async next() {
          return log.elements < length
            ? {value: {ys: log.elements++ % 2}, done: false}
            : {value: null, done: true as const};
        },
      };
    },
  };
  return {dataset, log};
}

test('rejects endless datasets and invalid options before consuming anything', async (t) => {
  const {dataset, log} = consumed(Number.POSITIVE_INFINITY);
  await t.throwsAsync(classFrequency(dataset, {numClasses: 2}), {
    name: 'ValueError',
    message: /`dataset.size` to be finite \(count it before `repeat\(\)`\). Received: Infinity/,
  });
  await t.throwsAsync(classFrequency(data.array([{ys: 1}]).repeat(), {numClasses: 2}), {message: /finite/});
  dataset.size = 3;
  const invalid = [
    {numClasses: 0},
    {numClasses: 2, maxElements: 0},
    {numClasses: 2, classNames: ['a']},
    {numClasses: 2, labels: 'soft' as never},
  ];
  for (const options of invalid) await t.throwsAsync(classFrequency(dataset, options), {name: 'ValueError'});
  await t.throwsAsync(classFrequency([] as never, {numClasses: 2}), {message: /`dataset` to be a tf.data/});
  await t.throwsAsync(classFrequency(dataset, {numClasses: 2, maxElement: 3} as never), {
    name: 'ValueError',
    message: /options of classFrequency .* Received: "maxElement" \(did you mean "maxElements"\?\)/,
  });
  await t.throwsAsync(classFrequency(dataset, undefined as never), {message: /`options` to be an object/});
  t.is(log.iterators, 0);
});

test('maxElements stops datasets of unknown size, and allows exactly as many', async (t) => {
  const {dataset} = consumed(null, 3);
  t.is((await classFrequency(dataset, {numClasses: 2, maxElements: 3})).numImages, 3);
  const endless = consumed(null, Number.POSITIVE_INFINITY);
  await t.throwsAsync(classFrequency(endless.dataset, {numClasses: 2, maxElements: 50}), {
    message: /`maxElements` to be at least the number of elements.*Received: 50/,
  });
  t.is(endless.log.elements, 51);
});

test.serial('an error midway disposes of the current element', async (t) => {
  const before = tf.memory().numTensors;
  const dataset = (ys: (i: number) => tf.TensorContainer) =>
    data.generator(function* () {
      for (let i = 0; i < 10; ++i) yield {xs: [tf.zeros([2]), {more: tf.zeros([1])}], ys: ys(i)};
    } as never);
  const failing: [(i: number) => tf.TensorContainer, object, RegExp][] = [
    [(i) => tf.scalar(i), {}, /integers from 0 to 2, or 3 for background.*Received: 4/],
    [(i) => tf.scalar(i / 4), {}, /integers from 0 to 2.*Received: 0.25/],
    [(i) => (i < 5 ? tf.scalar(1) : tf.ones([3])), {}, /`labels`, ?|\(labels: 'integer', batched: false/],
    [
      () => tf.ones([3, 7]),
      {},
      /\[batch, 3\] or \[batch, 4\].*numClasses = 3. Received: tensor of shape \[3, 7\]/,
    ],
    [() => tf.scalar(1), {maxElements: 5}, /`maxElements`/],
    [
      () => tf.scalar(1),
      {
        label: () => {
          tf.zeros([1]);
          throw new Error('mine');
        },
      },
      /mine/,
    ],
  ];
  for (const [ys, options, message] of failing) {
    await t.throwsAsync(classFrequency(dataset(ys), {numClasses: 3, ...options}), {message});
    t.is(tf.memory().numTensors, before, String(message));
  }
});

test('rejects elements without ys, and datasets without images', async (t) => {
  await t.throwsAsync(classFrequency(data.array([{xs: 1}]), {numClasses: 2}), {
    message: /`dataset` to be one of \{xs, ys\} elements, where no `label` option.*Received: \{xs\}/,
  });
  await t.throwsAsync(classFrequency(data.array([3]), {numClasses: 2}), {message: /no `label` option/});
  await t.throwsAsync(classFrequency(data.array([]), {numClasses: 2}), {message: /at least one image/});
});

const classLabels = fc.integer({min: 1, max: 4}).chain((numClasses) =>
  fc.record({
    numClasses: fc.constant(numClasses),
    ys: fc.array(fc.integer({min: 0, max: 1}), {minLength: 1, maxLength: 13}),
    batchSize: fc.integer({min: 1, max: 6}),
  }),
);
/** N_j of labels that are all 0 or 1; with one class 0 means none. */
const countsOfBinary = (ys: number[], numClasses: number) =>
  naiveCounts({numClasses, images: ys.map((y) => (numClasses === 1 ? (y === 1 ? [0] : []) : [y]))});

test('property: labels that are all 0 or 1, batched by tf.data, are counted as before batching', async (t) => {
  await fc.assert(
    fc.asyncProperty(classLabels, async ({numClasses, ys, batchSize}) => {
      const dataset = data.array(ys.map((y) => ({xs: [0.5, 0.5, 0.5], ys: y})));
      const expected = countsOfBinary(ys, numClasses);
      const plain = await classFrequency(dataset, {numClasses});
      t.deepEqual([Array.from(plain.imageCounts), plain.numImages], [expected, ys.length]);
      const batched = await classFrequency(dataset.batch(batchSize), {numClasses});
      t.deepEqual([Array.from(batched.imageCounts), batched.numImages], [expected, ys.length]);
      const counter = new ClassFrequencyCounter({numClasses});
      await counter.observe(dataset.batch(batchSize).prefetch(2)).forEachAsync(() => {});
      t.deepEqual([Array.from(counter.imageCounts), counter.numImages], [expected, ys.length]);
    }),
    {numRuns: 60},
  );
});

const element = (xs: number[], ys: number[]) =>
  data.generator(function* () {
    yield {xs: tf.zeros(xs), ys: tf.tensor1d(ys)};
  } as never);

test.serial(
  'without tf.data, labels that are all 0 or 1 are counted correctly or rejected with a question',
  async (t) => {
    const row = await classFrequency(element([28, 28, 1], [1, 0, 1]), {numClasses: 3});
    t.deepEqual([Array.from(row.imageCounts), row.numImages], [[1, 0, 1], 1]);
    for (const xs of [[3], [3, 5], [3, 28, 28, 1]]) {
      await t.throwsAsync(classFrequency(element(xs, [1, 0, 1]), {numClasses: 3}), {
        name: 'ValueError',
        message: /labels: 'integer'.*labels: 'multiHot'/,
      });
      const integers = await classFrequency(element(xs, [1, 0, 1]), {numClasses: 3, labels: 'integer'});
      t.deepEqual([Array.from(integers.imageCounts), integers.numImages], [[1, 2, 0], 3]);
    }
    // A label selector on elements that are no {xs, ys} sees labels alone.
    const tagged = data.array([{tag: Uint8Array.of(0, 1)}]);
    const label = ({tag}: {tag: Uint8Array}) => tag;
    await t.throwsAsync(classFrequency(tagged, {numClasses: 2, label}), {message: /labels: 'integer'/});
    t.is((await classFrequency(element([5], [0, 1]), {numClasses: 2, label: ({ys}) => ys})).numImages, 1);
  },
);

test('names are counted as the integers they stand for, batched or not', async (t) => {
  const classNames = ['cat', 'owl', 'yak'];
  const labels = [1, 0, 1, 2, 1];
  const named = data.array(labels.map((j) => ({xs: [j, 0], ys: classNames[j]})));
  const expected = new ClassFrequency({imageCounts: [1, 3, 1], numImages: 5, classNames});
  t.deepEqual(await classFrequency(named, {classNames}), expected);
  t.deepEqual(await classFrequency(named, {classNames, numClasses: 3}), expected);
  for (const size of [1, 2, 5]) t.deepEqual(await classFrequency(named.batch(size), {classNames}), expected);
  const columns = data.array(labels.map((j) => ({xs: [j, 0], ys: [classNames[j]]})));
  t.deepEqual(await classFrequency(columns, {classNames}), expected);
  t.deepEqual(await classFrequency(columns.batch(2), {classNames}), expected);
  const lists = data.array([{tags: ['owl', 'cat', 'owl']}, {tags: []}, {tags: ['owl', 'yak']}]);
  const counted = await classFrequency(lists, {classNames, label: ({tags}) => tags});
  t.deepEqual([...counted.imageCounts, counted.numImages], [1, 2, 1, 3]);
});

test.serial('an unknown name is reported with the nearest one, and names need classNames', async (t) => {
  const dataset = data.array([
    {xs: 1, ys: 'cat'},
    {xs: 2, ys: 'owls'},
  ]);
  const tensors = tf.memory().numTensors;
  for (const given of [dataset, dataset.batch(2)]) {
    await t.throwsAsync(classFrequency(given, {classNames: ['cat', 'owl']}), {
      name: 'ValueError',
      message: 'Expected `labels` to be one of classNames (did you mean "owl"?). Received: "owls"',
    });
    await t.throwsAsync(classFrequency(given, {numClasses: 2}), {
      name: 'ValueError',
      message: /`labels` to be numbers without `classNames` \(labelsToIndices/,
    });
  }
  t.is(tf.memory().numTensors, tensors);
});
