import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {
  EqualizationLoss,
  EqualizationLossV2,
  Loss,
  Metric,
  registerLoss,
  registerMetric,
  SeesawLoss,
  SoftmaxEqualizationLoss,
} from '../../src';
import {useBackend} from '../helpers/backends';
import {
  CLASSES,
  freqInfo,
  reload,
  savedArtifacts,
  smallData,
  smallModel,
  trainingConfigOf,
  twoHeads,
  weightsOf,
} from '../helpers/models';

test.before(() => useBackend('cpu'));

/** A user's loss with its own momentum. */
class Drifting extends Loss {
  static readonly className: string = 'Drifting';
  private drift = 0;
  constructor(readonly options: {rate: number}) {
    super();
  }
  call(yTrue: tf.Tensor, yPred: tf.Tensor) {
    this.drift = this.drift * this.options.rate + 1;
    return tf.mul(this.drift, tf.sum(tf.squaredDifference(yTrue, yPred), -1));
  }
  getConfig() {
    return {...this.options};
  }
  override getState() {
    return {drift: this.drift};
  }
  override setState({drift}: Record<string, unknown>) {
    if (typeof drift !== 'number') throw new TypeError(`drift: ${drift}`);
    this.drift = drift;
  }
}

/** A metric that remembers the most rows it has seen. */
class MostRows extends Metric {
  static readonly className: string = 'MostRows';
  rows = 0;
  statistics(yTrue: tf.Tensor) {
    this.rows = Math.max(this.rows, yTrue.shape[0]);
    return [tf.scalar(this.rows)];
  }
  result([rows]: tf.Tensor[]) {
    return rows;
  }
  getConfig() {
    return {};
  }
  override getState() {
    return {rows: this.rows};
  }
  override setState({rows}: Record<string, unknown>) {
    this.rows = rows as number;
  }
}

/** Wraps one of ours, and passes on its state. */
class Doubled extends Loss {
  static readonly className: string = 'Doubled';
  constructor(readonly inner: SoftmaxEqualizationLoss) {
    super();
  }
  call(yTrue: tf.Tensor, yPred: tf.Tensor) {
    return tf.mul(2, this.inner.call(yTrue, yPred));
  }
  override get checksLabels() {
    return true;
  }
  getConfig() {
    return {inner: this.inner.getConfig()};
  }
  override getState() {
    return {inner: this.inner.getState()};
  }
  override setState({inner}: Record<string, unknown>) {
    this.inner.setState(inner as Record<string, unknown>);
  }
  static override fromConfig<T>(cls: new (...args: never[]) => T, config: Record<string, unknown>): T {
    const inner = config.inner as Record<string, unknown>;
    const made = new Doubled(SoftmaxEqualizationLoss.fromConfig(SoftmaxEqualizationLoss, inner));
    if (!(made instanceof cls)) throw new TypeError(`${cls} is not a Doubled`);
    return made;
  }
}

test.before(() => {
  registerLoss(Drifting, {package: 'state'});
  registerLoss(Doubled, {package: 'state'});
  registerMetric(MostRows, {package: 'state'});
});

/** Classes 0 … 4, no background. */
const foreground = (rows: number) => ({
  xs: smallData(rows).xs,
  ys: tf.tensor1d(
    Array.from({length: rows}, (_, i) => (i * 3) % CLASSES),
    'int32',
  ),
});

const LOSSES: Record<string, [make: () => Loss, config: string[], state: string[]]> = {
  EqualizationLoss: [
    () => new EqualizationLoss({lambda: 0.05, freqInfo, gamma: 0.5, seed: 4}),
    ['lambda', 'freq_info', 'threshold', 'gamma', 'seed', 'from_logits'],
    ['step'],
  ],
  SoftmaxEqualizationLoss: [
    () => new SoftmaxEqualizationLoss({lambda: 0.05, freqInfo, gamma: 0.5, seed: 4}),
    ['lambda', 'freq_info', 'threshold', 'gamma', 'seed'],
    ['step'],
  ],
  EqualizationLossV2: [
    () => new EqualizationLossV2({numClasses: CLASSES}),
    ['num_classes', 'objectness', 'gamma', 'mu', 'alpha'],
    ['positive_gradient', 'negative_gradient', 'step'],
  ],
  SeesawLoss: [
    () => new SeesawLoss({numClasses: CLASSES}),
    ['num_classes', 'objectness', 'p', 'q', 'eps'],
    ['counts'],
  ],
  "a user's loss around one of ours": [
    () => new Doubled(new SoftmaxEqualizationLoss({lambda: 0.05, freqInfo, gamma: 0.5, seed: 4})),
    ['inner'],
    ['inner'],
  ],
};

for (const [name, [make, configKeys, stateKeys]] of Object.entries(LOSSES)) {
  test.serial(`the file keeps options and training state apart: ${name}`, async (t) => {
    const {xs, ys} = foreground(20);
    const model = smallModel();
    model.compile({optimizer: tf.train.momentum(0.1, 0.9), loss: make()});
    const fresh = trainingConfigOf(await savedArtifacts(model)).loss as {config: object; state: object};
    for (let i = 0; i < 3; ++i) await model.trainOnBatch(xs, ys);
    const trained = trainingConfigOf(await savedArtifacts(model)).loss as typeof fresh;
    t.deepEqual(Object.keys(trained), ['class_name', 'config', 'state']);
    t.deepEqual(Object.keys(trained.config).sort(), configKeys.sort());
    t.deepEqual(Object.keys(trained.state).sort(), stateKeys.sort());
    t.deepEqual(trained.config, fresh.config, 'training does not change the configuration');
    t.notDeepEqual(trained.state, fresh.state);

    const again = await reload(model);
    t.deepEqual((again.loss as unknown as Loss).getState?.(), (model.loss as unknown as Loss).getState?.());
    for (let i = 0; i < 3; ++i) {
      t.deepEqual(await again.trainOnBatch(xs, ys), await model.trainOnBatch(xs, ys));
    }
    t.deepEqual(weightsOf(again), weightsOf(model));
  });

  test.serial(`an object shared by two outputs has its state in the file once: ${name}`, async (t) => {
    const {xs, ys} = foreground(20);
    const model = twoHeads();
    const loss = make();
    model.compile({optimizer: 'sgd', loss: [loss, loss] as never});
    await model.trainOnBatch(xs, [ys, ys]);
    const [first, second] = trainingConfigOf(await savedArtifacts(model)).loss as object[];
    t.true('state' in first);
    t.deepEqual(Object.keys(second), ['class_name', 'longtail_id']);
    const [one, other] = (await reload(model)).loss as unknown as Loss[];
    t.is(one, other);
    t.deepEqual(one.getState?.(), loss.getState?.());
  });
}

/** A loss whose state can only be read asynchronously, as on WebGPU. */
class Distant extends Loss {
  static readonly className: string = 'Distant';
  private near?: number;
  call(yTrue: tf.Tensor, yPred: tf.Tensor) {
    return tf.sum(tf.squaredDifference(yTrue, yPred), -1);
  }
  getConfig() {
    return {};
  }
  override async readState() {
    await new Promise((resolve) => setImmediate(resolve));
    this.near = 7;
  }
  override getState() {
    if (this.near === undefined) throw new Error('not read yet');
    return {near: this.near};
  }
  override setState() {}
}

test.serial('awaits asynchronous state before saving it', async (t) => {
  registerLoss(Distant, {package: 'test'});
  for (const [loss, metrics] of [
    [{a: new Distant(), b: new Distant()}, undefined],
    ['meanSquaredError', {b: [new Distant()]}],
  ] as const) {
    const model = twoHeads();
    model.compile({optimizer: 'sgd', loss: loss as never, metrics: metrics as never});
    const saved = JSON.stringify(trainingConfigOf(await savedArtifacts(model)));
    t.is(saved.split('"state":{"near":7}').length, metrics ? 2 : 3);
  }
});

test.serial("keeps the state of users' losses and metrics", async (t) => {
  const model = smallModel();
  const metric = new MostRows();
  model.compile({optimizer: 'sgd', loss: new Drifting({rate: 0.5}), metrics: [metric]});
  const batch = (rows: number) => [tf.ones([rows, 4]), tf.zeros([rows, CLASSES])];
  const [xs, ys] = batch(6);
  await model.trainOnBatch(xs, ys);
  await model.trainOnBatch(...(batch(2) as [tf.Tensor, tf.Tensor]));
  const saved = trainingConfigOf(await savedArtifacts(model));
  t.deepEqual(saved.loss, {class_name: 'state>Drifting', config: {rate: 0.5}, state: {drift: 1.5}});
  t.deepEqual(saved.metrics, [{class_name: 'state>MostRows', config: {}, state: {rows: 6}}]);
  const again = await reload(model);
  t.is((again.metrics as unknown as MostRows[])[0].rows, 6);
  t.deepEqual(await again.trainOnBatch(xs, ys), await model.trainOnBatch(xs, ys));
});

test.serial('reads a step from the configuration, where version 0.1 wrote it', (t) => {
  const loss = new EqualizationLoss({lambda: 0.05, freqInfo, gamma: 0.5, seed: 4});
  const old = {...loss.getConfig(), step: 7};
  const again = EqualizationLoss.fromConfig(EqualizationLoss, old);
  t.deepEqual(again.getState(), {step: 7});
  t.false('step' in again.getConfig());
});

test.serial('refuses a state that is not JSON before saving anything, naming its path', async (t) => {
  class Endless extends Drifting {
    static override readonly className = 'Endless';
    override getState() {
      return {drift: Number.POSITIVE_INFINITY};
    }
  }
  registerLoss(Endless, {package: 'state'});
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: new Endless({rate: 1})});
  await t.throwsAsync(savedArtifacts(model), {
    name: 'ValueError',
    message: /Expected `state>Endless\.getState\(\)\.drift` to be plain JSON. Received: Infinity/,
  });
});

test.serial('refuses to register a class with only one of getState and setState', (t) => {
  class Writes extends Loss {
    static readonly className = 'Writes';
    call = (yTrue: tf.Tensor) => yTrue;
    getConfig = () => ({});
    override getState() {
      return {};
    }
  }
  class Reads extends Loss {
    static readonly className = 'Reads';
    call = (yTrue: tf.Tensor) => yTrue;
    getConfig = () => ({});
    override setState() {}
  }
  t.throws(() => registerLoss(Writes), {name: 'ValueError', message: /a class with a method `setState`/});
  t.throws(() => registerLoss(Reads), {name: 'ValueError', message: /a class with a method `getState`/});
});
