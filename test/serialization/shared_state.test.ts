import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  BalancedAccuracy,
  ClassFrequency,
  ClassFrequencyCounter,
  type ClassFrequencyCounterJSON,
  EqualizationLoss,
  type FrequencyInfo,
  GroupAccuracy,
  Loss,
  Metric,
  registerLoss,
  registerMetric,
  SoftmaxEqualizationLoss,
} from '../../src';
import {useBackend} from '../helpers/backends';
import {reload, savedArtifacts, smallModel, trainingConfigOf, twoHeads} from '../helpers/models';

test.before(() => useBackend('cpu'));

/** A user's metric that serializes its counter in the plain way. */
class Seen extends Metric {
  static className = 'Seen';
  constructor(readonly counter: ClassFrequencyCounter) {
    super();
  }
  statistics() {
    return [tf.scalar(this.counter.numImages)];
  }
  result([images]: tf.Tensor[]) {
    return tf.clone(images);
  }
  getConfig() {
    return {counts: this.counter.toJSON()} as never;
  }
  static override fromConfig(_: unknown, config: Record<string, unknown>): never {
    return new Seen(ClassFrequencyCounter.fromJSON(config.counts as ClassFrequencyCounterJSON)) as never;
  }
}

/** A user's loss around one of ours, which reads the inner configuration first. */
class Wrapped extends Loss {
  static className = 'Wrapped';
  constructor(
    readonly inner: EqualizationLoss,
    readonly counter: ClassFrequencyCounter,
  ) {
    super();
  }
  call(yTrue: tf.Tensor, yPred: tf.Tensor) {
    return this.inner.call(yTrue, yPred);
  }
  getConfig() {
    return {counter: this.counter.toJSON(), inner: this.inner.getConfig()} as never;
  }
  static override fromConfig(_: unknown, config: Record<string, never>): never {
    const inner: EqualizationLoss = EqualizationLoss.fromConfig(EqualizationLoss, config.inner);
    return new Wrapped(inner, ClassFrequencyCounter.fromJSON(config.counter)) as never;
  }
}

test.before(() => {
  registerMetric(Seen as never, {package: 'shared'});
  registerLoss(Wrapped as never, {package: 'shared'});
});

const counter = () =>
  new ClassFrequencyCounter({numClasses: 5, labels: 'integer', batched: true}).add([0, 0, 0, 0, 1, 1, 2, 3]);
const counted = () => new ClassFrequency({imageCounts: [150, 60, 20, 5, 2], numImages: 200});

type Compiled = {loss: unknown; metrics: unknown};
const compiled = (model: tf.LayersModel) => model as unknown as Compiled;

/** Saves and loads the model once, and once more. */
async function twice(model: tf.LayersModel): Promise<tf.LayersModel[]> {
  const once = await reload(model);
  const first = trainingConfigOf(await savedArtifacts(model));
  const second = trainingConfigOf(await savedArtifacts(once));
  if (JSON.stringify(first) !== JSON.stringify(second)) throw new Error('The second file differs.');
  return [once, await reload(once)];
}

for (const [what, make] of Object.entries({'a counter': counter, 'a ClassFrequency': counted})) {
  for (const TailLoss of [EqualizationLoss, SoftmaxEqualizationLoss]) {
    test.serial(
      `${what} shared by a loss and two metrics is still shared after loading (${TailLoss.name})`,
      async (t) => {
        const freqInfo: FrequencyInfo = make();
        const metrics = ['rare', 'common'].map((group) => new GroupAccuracy({group, freqInfo}));
        const model = smallModel();
        model.compile({optimizer: 'sgd', loss: new TailLoss({lambda: 0.3, freqInfo}), metrics});
        for (const again of await twice(model)) {
          const {loss, metrics: loaded} = compiled(again) as {
            loss: EqualizationLoss;
            metrics: GroupAccuracy[];
          };
          t.true(loss.freqInfo instanceof (freqInfo.constructor as typeof ClassFrequency));
          t.deepEqual(JSON.stringify(loss.freqInfo), JSON.stringify(freqInfo));
          for (const metric of loaded) t.is(metric.freqInfo, loss.freqInfo);
        }
      },
    );
  }
}

test.serial('keeps two equal but distinct objects distinct', async (t) => {
  const model = smallModel();
  const loss = new EqualizationLoss({lambda: 0.3, freqInfo: counter()});
  model.compile({optimizer: 'sgd', loss, metrics: [new GroupAccuracy({group: 'rare', freqInfo: counter()})]});
  for (const again of await twice(model)) {
    const {loss: own, metrics} = compiled(again) as {loss: EqualizationLoss; metrics: GroupAccuracy[]};
    t.not(metrics[0].freqInfo, own.freqInfo);
  }
  t.false(JSON.stringify(await savedArtifacts(model)).includes('longtail_id'));
});

test.serial('shares a counter, a loss or a metric across outputs', async (t) => {
  const freqInfo = counter();
  const loss = new EqualizationLoss({lambda: 0.3, freqInfo, gamma: 0.5, seed: 3});
  const metric = new GroupAccuracy({group: 'rare', freqInfo});
  const variants = [
    {loss: [loss, loss], metrics: {a: metric, b: [metric, new BalancedAccuracy()]}},
    {loss: {a: loss, b: loss}, metrics: {a: [metric], b: metric}},
    {
      loss: {a: loss, b: new SoftmaxEqualizationLoss({lambda: 0.3, freqInfo, seed: 1})},
      metrics: {a: [metric, new GroupAccuracy({group: 'common', freqInfo})], b: [metric]},
    },
  ];
  for (const [variant, compile] of variants.entries()) {
    const model = twoHeads();
    model.compile({optimizer: 'sgd', ...(compile as object)} as tf.ModelCompileArgs);
    for (const again of await twice(model)) {
      const {loss: losses, metrics} = compiled(again) as Record<string, Record<string, never>>;
      const [a, b] = Object.values(losses) as EqualizationLoss[];
      t.is(a === b, variant < 2);
      const first = [metrics.a].flat()[0] as GroupAccuracy;
      t.is([metrics.b].flat()[0] as GroupAccuracy, first);
      const others = [metrics.a, metrics.b].flat() as GroupAccuracy[];
      const holders = [a, b, ...others].filter((object) => 'freqInfo' in object);
      t.true(holders.length >= 4);
      for (const {freqInfo: held} of holders) t.is(held, a.freqInfo);
    }
  }
});

test.serial('one loss on two outputs continues its random draws after loading', async (t) => {
  const loss = new EqualizationLoss({lambda: 0.3, freqInfo: counted(), gamma: 0.5, seed: 3});
  const model = twoHeads();
  model.compile({optimizer: 'sgd', loss: [loss, loss] as never});
  const xs = tf.randomNormal([6, 4], 0, 1, 'float32', 5);
  const ys = [0, 1].map(() => tf.tensor1d([0, 1, 2, 3, 4, 5], 'int32'));
  await model.trainOnBatch(xs, ys);
  const again = await reload(model);
  for (let step = 0; step < 3; ++step)
    t.deepEqual(await again.trainOnBatch(xs, ys), await model.trainOnBatch(xs, ys));
});

test.serial("users' classes that serialize a counter in the plain way share it too", async (t) => {
  const freqInfo = counter();
  const inner = new EqualizationLoss({lambda: 0.3, freqInfo, seed: 1});
  const model = smallModel();
  const metrics = [new Seen(freqInfo), new Seen(freqInfo), new GroupAccuracy({group: 'rare', freqInfo})];
  model.compile({optimizer: 'sgd', loss: new Wrapped(inner, freqInfo) as never, metrics: metrics as never});
  for (const again of await twice(model)) {
    const {loss, metrics: loaded} = compiled(again) as {loss: Wrapped; metrics: [Seen, Seen, GroupAccuracy]};
    t.is(loss.inner.freqInfo, loss.counter);
    t.is(loaded[0].counter, loss.counter);
    t.is(loaded[1].counter, loss.counter);
    t.is(loaded[2].freqInfo, loss.counter);
    loss.counter.add([4, 4]);
    t.is(loaded[0].counter.numImages, 10);
  }
});

test.serial('getConfig outside a save is complete, before and after saves', async (t) => {
  const freqInfo = counter();
  const loss = new EqualizationLoss({lambda: 0.3, freqInfo, seed: 1});
  const metric = new GroupAccuracy({group: 'rare', freqInfo});
  const before = JSON.stringify([loss.getConfig(), loss.getState(), metric.getConfig(), freqInfo]);
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss, metrics: [metric]});
  await savedArtifacts(model);
  t.is(JSON.stringify([loss.getConfig(), loss.getState(), metric.getConfig(), freqInfo]), before);
  t.false(before.includes('longtail_id'));
});

test.serial('writes 20,000 classes once, without a warning about their size', async (t) => {
  const imageCounts = Array.from({length: 20000}, (_, j) => 1 + Math.round(1e5 / (j + 1)));
  const classNames = imageCounts.map((_, j) => `class number ${j} of twenty thousand`);
  const freqInfo = new ClassFrequency({imageCounts, numImages: 2e6, classNames});
  const model = tf.sequential({layers: [tf.layers.dense({units: 20000, inputShape: [1]})]});
  const metrics = ['rare', 'common', 'frequent'].map((group) => new GroupAccuracy({group, freqInfo}));
  model.compile({optimizer: 'sgd', loss: new EqualizationLoss({lambda: 1e-4, freqInfo}), metrics});
  const warnings: unknown[] = [];
  const {warn} = console;
  console.warn = (text) => warnings.push(text);
  try {
    const artifacts = await savedArtifacts(model);
    t.is(JSON.stringify(artifacts).split('class number 19999 of').length, 2);
    const again = compiled(await tf.loadLayersModel(tf.io.fromMemory(artifacts))) as {
      loss: EqualizationLoss;
      metrics: GroupAccuracy[];
    };
    t.deepEqual(again.loss.freqInfo, freqInfo);
    t.is(again.metrics[2].freqInfo, again.loss.freqInfo);
  } finally {
    console.warn = warn;
  }
  t.deepEqual(warnings, []);
});
