import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {ClassFrequency, ClassFrequencyCounter, type ClassFrequencyCounterJSON} from '../../src/frequency';
import {ENCODINGS, type Images, naiveCounts} from './reading/label_encodings';

tf.enableProdMode();

const someImages = (single: boolean): fc.Arbitrary<Images> =>
  fc.integer({min: 1, max: 6}).chain((numClasses) =>
    fc.record({
      numClasses: fc.constant(numClasses),
      images: fc.array(fc.array(fc.nat({max: numClasses - 1}), {maxLength: single ? 1 : 5}), {
        minLength: 1,
        maxLength: 10,
      }),
    }),
  );

for (const {name, options, single, encode} of ENCODINGS) {
  test(`property: counting ${name} equals a naive count`, (t) => {
    fc.assert(
      fc.property(someImages(single), (images) => {
        tf.tidy(() => {
          const counter = new ClassFrequencyCounter({numClasses: images.numClasses, ...options});
          for (const labels of encode(images)) counter.add(labels);
          t.deepEqual(Array.from(counter.imageCounts), naiveCounts(images));
          t.is(counter.numImages, images.images.length);
        });
      }),
      {numRuns: 30},
    );
  });
}

const counterOf = ({numClasses, images}: Images) => {
  const counter = new ClassFrequencyCounter({numClasses, labels: 'list', batched: true});
  return images.length > 0 ? counter.add(images) : counter;
};
const shards = fc.integer({min: 1, max: 5}).chain((numClasses) => {
  const images = fc.array(fc.array(fc.nat({max: numClasses - 1}), {maxLength: 4}), {maxLength: 6});
  return fc.tuple(images, images, images).map((all) => all.map((each) => ({numClasses, images: each})));
});

test('property: merge is commutative, associative and equals counting the union', (t) => {
  fc.assert(
    fc.property(shards, ([a, b, c]) => {
      const left = counterOf(a).merge(counterOf(b)).merge(counterOf(c)).toJSON();
      const right = counterOf(a)
        .merge(counterOf(b).merge(counterOf(c)))
        .toJSON();
      const swapped = counterOf(c).merge(counterOf(b)).merge(counterOf(a)).toJSON();
      t.deepEqual(left, right);
      t.deepEqual(left, swapped);
      const union = {numClasses: a.numClasses, images: [...a.images, ...b.images, ...c.images]};
      t.deepEqual(left.image_counts, naiveCounts(union));
      t.is(left.num_images, union.images.length);
    }),
  );
});

test('merge leaves the other counter unchanged, accepts a ClassFrequency too, and rejects other classes', (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 2}).add(1);
  const other = new ClassFrequencyCounter({numClasses: 2}).add(0);
  t.is(counter.merge(other), counter);
  t.deepEqual(other.imageCounts, Float64Array.of(1, 0));
  counter.merge(new ClassFrequency({imageCounts: [5, 6], numImages: 10}));
  t.deepEqual(counter.imageCounts, Float64Array.of(6, 7));
  t.is(counter.numImages, 12);
  t.throws(() => counter.merge(new ClassFrequencyCounter({numClasses: 3})), {
    message: /`other.numClasses` to be 2.*Received: 3/,
  });
  t.throws(() => counter.merge({} as never), {message: /`other` to be a ClassFrequencyCounter/});
  t.is(counter.numImages, 12);
});

test('property: a JSON round trip keeps counts and options, and counting continues', (t) => {
  fc.assert(
    fc.property(shards, ([a, b]) => {
      const whole = counterOf(a);
      const json: ClassFrequencyCounterJSON = JSON.parse(JSON.stringify(whole));
      const again = ClassFrequencyCounter.fromJSON(json);
      t.deepEqual(again.toJSON(), whole.toJSON());
      if (b.images.length > 0) t.deepEqual(again.add(b.images).toJSON(), whole.add(b.images).toJSON());
    }),
  );
});

test('JSON has the given options, and fromJSON accepts the label selector again', (t) => {
  const label = (element: {tag: number}) => element.tag;
  const counter = new ClassFrequencyCounter({numClasses: 2, label, labels: 'integer'}).add(1);
  const json = counter.toJSON();
  t.deepEqual(json, {num_classes: 2, num_images: 1, image_counts: [0, 1], labels: 'integer'});
  const again = ClassFrequencyCounter.fromJSON(json, {label});
  again.addElement({tag: 0});
  t.deepEqual(again.imageCounts, Float64Array.of(1, 1));
  t.throws(() => ClassFrequencyCounter.fromJSON(json).addElement({tag: 0}), {message: /`label` option/});
});

test('fromJSON rejects JSON that no counter can have written', (t) => {
  const json = {num_classes: 2, num_images: 1, image_counts: [0, 1]};
  const from = (change: object) => () => ClassFrequencyCounter.fromJSON({...json, ...change} as never);
  t.throws(from({image_counts: [0]}), {message: /`image_counts.length`/});
  t.throws(from({image_counts: [0, 2]}), {message: /`image_counts\[1\]`/});
  t.throws(from({num_images: -1}), {message: /`num_images`/});
  t.throws(from({image_counts: {length: 2}}), {name: 'ValueError', message: /`image_counts`/});
  t.throws(from({labels: 'soft'}), {message: /`labels`.*Received: "soft"/});
});

test('fromJSON allocates no memory for classes without counts', (t) => {
  const before = process.memoryUsage().arrayBuffers;
  const from = (json: object) => () => ClassFrequencyCounter.fromJSON(json as never);
  for (const classes of [2 ** 31, 2 ** 27]) {
    const json = {num_classes: classes, num_images: 1, image_counts: [1]};
    t.throws(from(json), {name: 'ValueError', message: /`image_counts.length`/});
    t.throws(from({...json, image_counts: {length: classes}}), {name: 'ValueError'});
  }
  t.true(process.memoryUsage().arrayBuffers - before < 2 ** 20);
});

test('frequencies are current, and throw while nothing has been counted', (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 2});
  t.throws(() => counter.frequencies, {name: 'ValueError', message: /a counter that has counted images/});
  t.throws(() => counter.snapshot(), {message: /a counter that has counted images/});
  t.deepEqual(counter.add(1).frequencies, Float64Array.of(0, 1));
  const snapshot = counter.snapshot();
  t.deepEqual(counter.add(2).add(0).frequencies, Float64Array.of(1 / 3, 1 / 3));
  t.deepEqual(snapshot, new ClassFrequency({imageCounts: [0, 1], numImages: 1}));
});

test('changing what the getters return cannot change the counts', (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 2}).add(1);
  counter.imageCounts[1] = 9;
  counter.frequencies[1] = 9;
  t.deepEqual(counter.imageCounts, Float64Array.of(0, 1));
});

test('labels that cannot be counted leave the counter unchanged', (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 3, labels: 'integer', batched: true}).add([0, 3]);
  const before = counter.toJSON();
  t.throws(() => counter.add([1, 2, 4]), {message: /integers from 0 to 2, or 3 for background.*Received: 4/});
  t.deepEqual(counter.toJSON(), before);
  const open = new ClassFrequencyCounter({numClasses: 3});
  t.throws(() => open.add([7, 8]));
  t.notThrows(() => open.add(1), 'the form is not settled by labels that were rejected');
});

const {data} = tf;
/** Consumes a dataset as fitDataset does, one pass per epoch, and disposes what it yields. */
async function consume(dataset: tf.data.Dataset<tf.TensorContainer>, epochs = 1): Promise<number> {
  let batches = 0;
  for (let epoch = 0; epoch < epochs; ++epoch) {
    const iterator = await dataset.iterator();
    for (let item = await iterator.next(); !item.done; item = await iterator.next()) {
      tf.dispose(item.value);
      ++batches;
    }
  }
  return batches;
}
const labelsOf = Array.from({length: 100}, (_, i) => Math.floor(Math.sqrt(i)) % 8);
const expected = naiveCounts({numClasses: 8, images: labelsOf.map((label) => [label])});
const elements = () => data.array(labelsOf.map((ys, xs) => ({xs, ys})));
const tensors = () => elements().map((e) => ({xs: tf.scalar(e.xs), ys: tf.oneHot(e.ys, 8)}) as never);

test.serial('observe: counts in the first epoch only, before batch, shuffle, map and prefetch', async (t) => {
  const chains: Record<string, (d: ReturnType<typeof elements>) => tf.data.Dataset<tf.TensorContainer>> = {
    plain: (d) => d,
    batch: (d) => d.batch(64),
    shuffle: (d) => d.shuffle(30).batch(7),
    map: (d) => d.map((element) => ({...(element as object)})).batch(10),
    prefetch: (d) => d.prefetch(16).batch(10),
    repeat: (d) => d.repeat(2),
  };
  for (const [name, chain] of Object.entries(chains)) {
    for (const source of [elements, tensors]) {
      const before = tf.memory().numTensors;
      const counter = new ClassFrequencyCounter({numClasses: 8});
      const observed = counter.observe(source());
      t.true(observed instanceof data.Dataset);
      t.is(observed.size, 100);
      const batches = await consume(chain(observed), 2);
      t.is(batches, 2 * (await consume(chain(source()))), name);
      t.deepEqual(Array.from(counter.imageCounts), expected, name);
      t.is(counter.numImages, 100, name);
      t.is(tf.memory().numTensors, before, name);
    }
  }
});

test.serial('observe: after batch it counts the images of the batches', async (t) => {
  const before = tf.memory().numTensors;
  const counter = new ClassFrequencyCounter({numClasses: 8});
  await consume(counter.observe(tensors().batch(64)), 2);
  t.deepEqual(Array.from(counter.imageCounts), expected);
  t.is(tf.memory().numTensors, before);
});

test.serial('observe: counts what fitDataset trains on, and training is the same', async (t) => {
  const train = async (
    wrap: (d: tf.data.Dataset<tf.TensorContainer>) => tf.data.Dataset<tf.TensorContainer>,
  ) => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({units: 8, inputShape: [1], kernelInitializer: 'ones', activation: 'softmax'}),
      ],
    });
    model.compile({optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy'});
    const source = elements().map((e) => ({xs: tf.tensor1d([e.xs / 100]), ys: tf.oneHot(e.ys, 8)}));
    await model.fitDataset(wrap(source).batch(64), {epochs: 2, verbose: 0});
    const weights = model.getWeights().map((w) => Array.from(w.dataSync()));
    model.dispose();
    return weights;
  };
  const counter = new ClassFrequencyCounter({numClasses: 8});
  const start = tf.memory().numTensors;
  const plain = await train((dataset) => dataset);
  const middle = tf.memory().numTensors;
  t.deepEqual(await train((dataset) => counter.observe(dataset)), plain);
  t.is(tf.memory().numTensors - middle, middle - start, 'tfjs itself leaves some tensors, observe none');
  t.deepEqual(Array.from(counter.imageCounts), expected);
  t.is(counter.numImages, 100);
});

test('observe: a zipped dataset counts through the label selector', async (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 8, label: (element) => element.ys});
  const zipped = data.zip({xs: data.array(labelsOf), ys: data.array(labelsOf)});
  await consume(counter.observe(zipped as never));
  t.deepEqual(Array.from(counter.imageCounts), expected);
});

test('observe: an abandoned first pass is resumed, and no dataset is counted twice', async (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 8});
  const dataset = elements();
  await consume(counter.observe(dataset).take(30));
  t.is(counter.numImages, 30);
  await consume(counter.observe(dataset).take(20));
  t.is(counter.numImages, 30);
  await consume(counter.observe(dataset), 2);
  t.deepEqual(Array.from(counter.imageCounts), expected);
  await consume(counter.observe(elements()));
  t.is(counter.numImages, 200, 'another dataset, such as another shard, is counted as well');
});

test('observe: rejects endless datasets at once, and labels as they are read', async (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 3});
  t.throws(() => counter.observe(elements().repeat()), {
    message: /`dataset.size` to be finite.*`repeat\(\)`/,
  });
  t.throws(() => counter.observe([1, 2] as never), {message: /`dataset` to be a tf.data.Dataset/});
  await t.throwsAsync(consume(counter.observe(elements()).batch(4)), {message: /integers from 0 to 2, or 3/});
  t.is(counter.numImages, 16, 'those before the first label 4 were counted');
});

test.serial('a label selector may create tensors; they are disposed of, the element is not', (t) => {
  const ys = tf.tensor1d([0.1, 0.7, 0.2]);
  const before = tf.memory().numTensors;
  const counter = new ClassFrequencyCounter({numClasses: 3, label: (e) => tf.argMax(e.ys)});
  counter.addElement({ys});
  t.deepEqual(counter.imageCounts, Float64Array.of(0, 1, 0));
  t.is(tf.memory().numTensors, before);
  t.false(ys.isDisposed);
  ys.dispose();
});

test('rejects invalid options', (t) => {
  const make = (args: object) => () => new ClassFrequencyCounter(args as never);
  t.throws(make({numClasses: 0}), {message: /`numClasses` to be an integer ≥ 1/});
  t.throws(make({}), {message: /`numClasses`.*Received: undefined/});
  t.throws(make({numClasses: 2, label: 'ys'}), {message: /`label` to be a function/});
  t.throws(make({numClasses: 2, batched: 1}), {message: /`batched` to be true or false/});
  t.throws(make({numClasses: 2, batch: true}), {
    name: 'ValueError',
    message: /options of ClassFrequencyCounter .* Received: "batch" \(did you mean "batched"\?\)/,
  });
  t.throws(make({numClasses: 2, classNames: ['a']}), {message: /`classNames` to be an array of 2 strings/});
  t.throws(make({classNames: ['a', 'a']}), {
    message: /`classNames` to be an array of strings without repetition/,
  });
  t.throws(make({classNames: ['a', 3]}), {message: /`classNames` to be an array of strings/});
  const json = new ClassFrequencyCounter({numClasses: 2}).toJSON();
  t.throws(() => ClassFrequencyCounter.fromJSON(json, {lable: () => 0} as never), {
    message: /"lable" \(did you mean "label"\?\)/,
  });
});

test('fromJSON rejects anything but an object, and an empty one', (t) => {
  for (const json of [null, undefined, 3, 'x', {class_name: 'ClassFrequencyCounter', config: null}]) {
    t.throws(() => ClassFrequencyCounter.fromJSON(json as never), {
      name: 'ValueError',
      message: /Expected `json` to be an object/,
    });
  }
  t.throws(() => ClassFrequencyCounter.fromJSON({} as never), {name: 'ValueError', message: /`num_images`/});
});

test('an ignored label does not count, nor does an image with only that label', (t) => {
  const counter = new ClassFrequencyCounter({numClasses: 3, ignoreLabel: 255});
  counter
    .add(tf.tensor1d([0, 255, 2, 3, 255], 'int32'))
    .add(tf.tensor1d([255], 'int32'))
    .add(tf.tensor2d([[1], [255]], [2, 1], 'int32'));
  t.deepEqual([Array.from(counter.imageCounts), counter.numImages], [[1, 1, 1], 4]);
  const lists = new ClassFrequencyCounter({numClasses: 3, labels: 'list', ignoreLabel: -1});
  lists.add([0, -1, 0]).add([-1]).add([2]);
  t.deepEqual([Array.from(lists.imageCounts), lists.numImages], [[1, 0, 1], 3]);
  const binary = new ClassFrequencyCounter({numClasses: 1, ignoreLabel: 255}).add(tf.tensor1d([1, 0, 255]));
  t.deepEqual([Array.from(binary.imageCounts), binary.numImages], [[1], 2]);
  const json = JSON.parse(JSON.stringify(counter.toJSON()));
  t.is(json.ignore_label, 255);
  t.is(ClassFrequencyCounter.fromJSON(json).add(tf.tensor1d([255, 0], 'int32')).numImages, 5);
  t.throws(() => counter.add(tf.tensor1d([0, 254])), {message: /integers from 0 to 2/});
  t.throws(() => new ClassFrequencyCounter({numClasses: 3, ignoreLabel: 0.5}), {
    message: /`ignoreLabel` to be an integer/,
  });
});

test('labels may be names, which a written counter still knows', async (t) => {
  const counter = new ClassFrequencyCounter({classNames: ['cat', 'owl']});
  t.is(counter.numClasses, 2);
  const named = data.array([
    {xs: [1, 2, 3], ys: 'owl'},
    {xs: [4, 5, 6], ys: 'cat'},
    {xs: [7, 8, 9], ys: 'owl'},
  ]);
  await consume(counter.observe(named).batch(2));
  t.deepEqual([...counter.imageCounts], [1, 2]);
  const again = ClassFrequencyCounter.fromJSON(JSON.parse(JSON.stringify(counter)));
  t.deepEqual(again.snapshot().classNames, ['cat', 'owl']);
  const batches = new ClassFrequencyCounter({classNames: ['cat', 'owl']});
  await consume(batches.observe(named.batch(2)));
  t.deepEqual([...batches.merge(again).imageCounts], [2, 4]);
  t.throws(() => again.addElement({ys: 'owls'}), {
    name: 'ValueError',
    message: /did you mean "owl"\?\)\. Received: "owls"/,
  });
  t.is(again.numImages, 3, 'nothing of it was counted');
  const others = new ClassFrequencyCounter({classNames: ['owl', 'cat']});
  t.throws(() => counter.merge(others), {
    message: /`other.classNames` to be those of this counter/,
  });
});

test('with two classes, a list of two names is not a row of 0 and 1', (t) => {
  const lists = new ClassFrequencyCounter({classNames: ['cat', 'owl']});
  lists.add(['cat', 'owl']).add(['owl']).add([]);
  t.deepEqual([...lists.imageCounts, lists.numImages], [1, 2, 3]);
  const rows = new ClassFrequencyCounter({classNames: ['cat', 'owl'], labels: 'multiHot'}).add([1, 1]);
  t.throws(() => rows.add(['cat', 'owl']), {
    message: /`labels` to be numbers for `labels: 'multiHot'` and numClasses = 2/,
  });
  const one = new ClassFrequencyCounter({classNames: ['fraud']});
  t.throws(() => one.add('fraud'), {
    message: /`labels` to be numbers for `labels: 'integer'` and numClasses = 1/,
  });
  const listed = new ClassFrequencyCounter({classNames: ['fraud'], labels: 'list'}).add(['fraud']).add([]);
  t.deepEqual([...listed.imageCounts, listed.numImages], [1, 2]);
});
