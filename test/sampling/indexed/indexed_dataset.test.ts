import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {
  classAware,
  type IndexedDataset,
  indexedArrays,
  progressive,
  repeatFactor,
  type Sampler,
  squareRoot,
  uniform,
} from '../../../src/sampling';
import {labelsOf, passOf, TAIL} from '../../helpers/sampling';

interface Options {
  batchSize: number;
  sampler?: Sampler;
  seed?: number;
  dropLast?: boolean;
}

type Element = {xs: number[]; ys: number[]};

const LABELS = labelsOf(TAIL);

/** Samples that are their own index, with a random number added where they are augmented. */
function indices(options: Options, length = LABELS.length, augment = false): IndexedDataset {
  return indexedArrays(
    {xs: Float32Array.from({length}, (_, i) => i), ys: Int32Array.from(LABELS.slice(0, length))},
    {
      ...options,
      numClasses: 5,
      ...(augment && {transform: ({xs}, {random}) => void xs.set([xs[0] + random.next()])}),
    },
  );
}

const epochOf = async (dataset: IndexedDataset) => (await passOf<Element>(dataset)).map(({xs}) => xs);

test.before(() => tf.setBackend('cpu'));

test('an epoch is split into batches, the last of which may be smaller', async (t) => {
  const dataset = indices({batchSize: 30});
  t.is(dataset.size, 4);
  const batches = await epochOf(dataset);
  t.deepEqual(
    batches.map(({length}) => length),
    [30, 30, 30, 10],
  );
  t.deepEqual(
    batches.flat().sort((a, b) => a - b),
    LABELS.map((_, i) => i),
  );
});

test('batches have 32 samples by default, as in `fit`', async (t) => {
  const dataset = indexedArrays({xs: new Float32Array(70), ys: new Float32Array(70)});
  t.deepEqual(
    (await epochOf(dataset)).map(({length}) => length),
    [32, 32, 6],
  );
});

test('`dropLast` drops the smaller one', async (t) => {
  const dataset = indices({batchSize: 30, dropLast: true});
  t.is(dataset.size, 3);
  t.deepEqual(
    (await epochOf(dataset)).map(({length}) => length),
    [30, 30, 30],
  );
});

test('the size is unknown if epochs differ', async (t) => {
  t.true(Number.isNaN(indices({batchSize: 30, sampler: repeatFactor({threshold: 0.5})}).size));
});

test('a seed gives one run, whose epochs differ', async (t) => {
  const run = async (seed?: number) => {
    const dataset = indices({batchSize: 50, seed}, 100, true);
    return [await epochOf(dataset), await epochOf(dataset)];
  };
  const [first, second] = await run(3);
  t.deepEqual(await run(3), [first, second]);
  t.notDeepEqual(first, second);
  t.notDeepEqual((await run(4))[0], first);
  t.deepEqual(await run(), await run(0), 'without a seed it is 0');
});

const samplers = [uniform, classAware, squareRoot, repeatFactor({threshold: 0.3}), progressive({epochs: 3})];

test('an interrupted run continues as if uninterrupted', async (t) => {
  const runs = fc.record({
    length: fc.integer({min: 1, max: 100}),
    batchSize: fc.integer({min: 1, max: 40}),
    sampler: fc.constantFrom(...samplers),
    seed: fc.integer(),
    dropLast: fc.boolean(),
    stop: fc.integer({min: 0, max: 40}),
  });
  await fc.assert(
    fc.asyncProperty(runs, async ({length, stop, ...options}) => {
      fc.pre(!options.dropLast || options.batchSize <= length);
      const make = () => indices(options, length, true);
      const whole: number[][] = [];
      const uninterrupted = make();
      while (whole.length < stop + 10) whole.push(...(await epochOf(uninterrupted)));

      const interrupted = make();
      let iterator = await interrupted.iterator();
      for (let batches = 0; batches < stop; ) {
        const {done, value} = await iterator.next();
        tf.dispose(value);
        if (done) iterator = await interrupted.iterator();
        else ++batches;
      }
      const state = JSON.parse(JSON.stringify(interrupted.getState()));
      const resumed = make();
      resumed.setState(state);
      t.deepEqual(resumed.getState(), state);
      const rest: number[][] = [];
      while (rest.length < 10) rest.push(...(await epochOf(resumed)));
      t.deepEqual(rest.slice(0, 10), whole.slice(stop, stop + 10));
    }),
    {numRuns: 60},
  );
});

test('a state after the last batch is the beginning of the next epoch', async (t) => {
  for (const dropLast of [false, true]) {
    const first = indices({batchSize: 30, dropLast});
    const iterator = await first.iterator();
    for (let k = 0; k < first.size; ++k) tf.dispose((await iterator.next()).value);
    const state = first.getState();
    t.like(state, {epoch: 1, position: 0});
    const second = indices({batchSize: 30, dropLast});
    second.setState(state);
    t.is((await epochOf(second)).length, first.size);
  }
});

test('a state in mid-epoch fits another batch size too', async (t) => {
  const whole = (await epochOf(indices({batchSize: 100}))).flat();
  const first = indices({batchSize: 10});
  const iterator = await first.iterator();
  for (let k = 0; k < 3; ++k) tf.dispose((await iterator.next()).value);
  const second = indices({batchSize: 7});
  second.setState(first.getState());
  t.deepEqual((await epochOf(second)).flat(), whole.slice(30));
});

test('refuses states of other data, of another sampler and beyond the end, and stays unchanged', async (t) => {
  const dataset = indices({batchSize: 10, sampler: repeatFactor({threshold: 0.3})});
  const state = dataset.getState();
  const refused = (changed: object | null, message: RegExp) =>
    t.throws(() => dataset.setState(changed as never), {name: 'ValueError', message});
  refused(null, /`state` to be what `getState` returned/);
  refused({...state, length: 99}, /`state.length` to be 100/);
  refused({...state, epoch: -1}, /`state.epoch`/);
  refused({...state, position: 0.5}, /`state.position`/);
  refused({...state, seed: undefined}, /`state.seed`/);
  refused(
    {...state, sampler: {name: 'uniform'}},
    /`state.sampler` to be that of the dataset, "repeatFactor"/,
  );
  refused({...state, sampler: {name: 'repeatFactor', options: {threshold: 0.2}}}, /`state.sampler`/);
  t.deepEqual(dataset.getState(), state);
  dataset.setState({...state, position: 100_000});
  await t.throwsAsync(async () => (await dataset.iterator()).next(), {message: /`state.position`/});
});

test('an iterator that is never used begins no epoch, like the first of `fitDataset`', async (t) => {
  const dataset = indices({batchSize: 100});
  const first = await epochOf(indices({batchSize: 100}));
  await dataset.iterator();
  t.deepEqual(await epochOf(dataset), first);
});

test('batches requested concurrently equal those requested in turn', async (t) => {
  const iterator = await indices({batchSize: 30}).iterator();
  const results = await Promise.all(Array.from({length: 6}, () => iterator.next()));
  t.deepEqual(
    results.map(({done}) => done),
    [false, false, false, false, true, true],
  );
  const batches = results.slice(0, 4).map(({value}) => [...value.xs.dataSync()]);
  tf.dispose(results.map(({value}) => value));
  t.deepEqual(batches, await epochOf(indices({batchSize: 30})));
});

test('another sampler takes effect in the next epoch', async (t) => {
  const dataset = indices({batchSize: 50});
  const iterator = await dataset.iterator();
  tf.dispose((await iterator.next()).value);
  dataset.sampler = classAware;
  t.is(dataset.getState().sampler.name, 'uniform', 'the one that is going on');
  const {value} = await iterator.next();
  t.is(new Set(value.xs.dataSync()).size, 50);
  tf.dispose(value);
  const next = (await epochOf(dataset)).flat();
  t.true(next.filter((i) => LABELS[i] === 3).length > 10);
  t.is(dataset.getState().sampler.name, 'classAware');
});

test('`repeat` continues from epoch to epoch', async (t) => {
  const [epochs, endless] = [indices({batchSize: 40}), indices({batchSize: 40}).repeat()];
  t.is(endless.size, Number.POSITIVE_INFINITY);
  const iterator = await endless.iterator();
  const results = await Promise.all(Array.from({length: 6}, () => iterator.next()));
  const batches = results.map(({value}) => [...value.xs.dataSync()]);
  tf.dispose(results.map(({value}) => value));
  t.deepEqual(batches, [...(await epochOf(epochs)), ...(await epochOf(epochs))]);
});

test('tf.data accepts it, and passes on its errors', async (t) => {
  const dataset = tf.data.generator(() => indices({batchSize: 50}).iterator() as never);
  const sums = await dataset.map((batch) => tf.sum((batch as {xs: tf.Tensor}).xs)).toArray();
  t.is(
    sums.reduce((total, sum) => total + (sum as tf.Tensor).dataSync()[0], 0),
    4950,
  );
});

test.serial('fitDataset and evaluateDataset work on it and leak no tensors', async (t) => {
  const model = tf.sequential({layers: [tf.layers.dense({units: 5, inputShape: [1]})]});
  model.compile({
    optimizer: 'sgd',
    loss: (y, z) => tf.losses.softmaxCrossEntropy(tf.oneHot(tf.cast(y, 'int32'), 5), z),
  });
  const dataset = indexedArrays(
    {xs: {data: Float32Array.from(LABELS), shape: [100, 1]}, ys: Float32Array.from(LABELS)},
    {batchSize: 30, sampler: classAware},
  );
  await model.fitDataset(dataset, {epochs: 1, verbose: 0});
  const before = tf.memory().numTensors;
  const sizes: number[] = [];
  await model.fitDataset(dataset, {
    epochs: 2,
    verbose: 0,
    validationData: dataset,
    callbacks: {onBatchEnd: async (_, logs) => void sizes.push(logs?.size as number)},
  });
  t.deepEqual(sizes, [30, 30, 30, 10, 30, 30, 30, 10]);
  tf.dispose(await model.evaluateDataset(dataset, {}));
  await model.fitDataset(dataset.repeat(), {epochs: 1, batchesPerEpoch: 7, verbose: 0});
  t.is(tf.memory().numTensors, before);
});

test('an order with invalid indices is refused', async (t) => {
  for (const order of [Int32Array.of(100), Int32Array.of(-1), new Int32Array(0), [0.5], 'none']) {
    const dataset = indices({batchSize: 2, sampler: {name: 'own', order: () => order as Int32Array}});
    await t.throwsAsync(async () => (await dataset.iterator()).next(), {
      name: 'ValueError',
      message: /`own\.order\(\)`/,
    });
  }
});

for (const [options, message] of [
  [{batchSize: 0}, /`batchSize` to be an integer ≥ 1/],
  [{batchSize: 2, seed: 0.5}, /`seed`/],
  [{batchSize: 2, dropLast: 1}, /`dropLast` to be true or false/],
  [{batchSize: 101, dropLast: true}, /`batchSize` to be at most 100/],
  [{batchSize: 2, sampler: repeatFactor}, /`sampler` to be uniform, classAware/],
  [{batchSize: 2, sampler: 'uniform'}, /`sampler` to be uniform, classAware/],
  [{batchSize: 2, shuffle: true}, /known names only/],
] as const) {
  test(`refuses the options ${JSON.stringify(options)}`, (t) => {
    t.throws(() => indices(options as never), {name: 'ValueError', message});
  });
}
