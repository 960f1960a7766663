import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, BinaryAccuracy, Loss, Metric, registerLoss, registerMetric} from '../../../src';
import type {KerasEntry, KerasObject} from '../../../src/serialization/keras/keras_config';
import {fromH5, fromKerasFile, warningsOf} from './keras_models';

tf.enableProdMode();

const ADAM = {class_name: 'Adam', config: {learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7}};
const BOUNDS = [{name: 'tail', maxFrequency: 0.1}, {name: 'head'}];

class Scaled extends Loss {
  static className = 'Scaled';
  readonly factor: number;
  constructor({factor}: {factor: number}) {
    super();
    if (!(factor > 0)) throw new Error('a factor, please');
    this.factor = factor;
  }
  call(yTrue: tf.Tensor, yPred: tf.Tensor) {
    return tf.mul(this.factor, tf.sum(tf.squaredDifference(yTrue, yPred), -1));
  }
  getConfig(): tf.serialization.ConfigDict {
    return {factor: this.factor};
  }
}
class OfTwo extends Scaled {
  static override className = 'OfTwo';
}
class OfTwoElsewhere extends Scaled {
  static override className = 'OfTwo';
}
class ByTfjs extends Scaled {
  static override className = 'ByTfjs';
}
class Peak extends Metric {
  static className = 'Peak';
  statistics(_: tf.Tensor, yPred: tf.Tensor) {
    return [tf.max(yPred)];
  }
  result([peak]: tf.Tensor[]) {
    return tf.clone(peak);
  }
  getConfig() {
    return {};
  }
}

test.before(() => {
  registerLoss(Scaled, {package: 'shop'});
  registerLoss(OfTwo, {package: 'one'});
  registerLoss(OfTwoElsewhere, {package: 'two'});
  registerMetric(Peak);
  tf.serialization.registerClass(ByTfjs as never, 'theirs');
});

/** Loads from both kinds of file; the warnings must be the same. */
async function load(loss: KerasEntry, metrics: KerasEntry[] = []) {
  const models: tf.LayersModel[] = [];
  const warnings = await warningsOf(async () => {
    for (const artifacts of [
      fromH5({loss, metrics, optimizer_config: ADAM}),
      fromKerasFile({loss, metrics, optimizer: ADAM}),
    ])
      models.push(await tf.loadLayersModel(tf.io.fromMemory(artifacts)));
  });
  return {models, warnings};
}

const of = (class_name: string, config = {}): KerasObject => ({class_name, config});

const REFUSED: Record<string, {loss?: KerasEntry; metric?: KerasEntry; warning: RegExp}> = {
  'a loss named like one of ours': {
    loss: of('EqualizationLoss', {name: 'eql', reduction: 'auto', lambda_: 0.003}),
    warning:
      /the loss EqualizationLoss \(a class of the same name, longtail>EqualizationLoss, is registered here, but it is not that one/,
  },
  'one whose configuration ours would accept': {
    loss: of('SoftmaxEqualizationLoss', {lambda: 0.1, freq_info: [0.5, 0.5]}),
    warning:
      /the loss SoftmaxEqualizationLoss \(a class of the same name, longtail>SoftmaxEqualizationLoss, is registered here, but it is not that one/,
  },
  'one of another package': {
    loss: of('Custom>EqualizationLoss'),
    warning:
      /the loss Custom>EqualizationLoss \(a class of the same name, longtail>EqualizationLoss, is registered here, but it is not that one/,
  },
  'one of our package that ours refuses': {
    loss: of('longtail>EqualizationLoss', {name: 'eql', lambda_: 0.003}),
    warning:
      /the loss longtail>EqualizationLoss \(longtail>EqualizationLoss does not take it: Expected .*"lambda_"/,
  },
  'one of our package with an option unknown to ours': {
    loss: of('longtail>EqualizationLoss', {lambda: 0.1, freq_info: [0.5, 0.01], alpha: 3}),
    warning: /does not take it: .*alpha/,
  },
  'one of our package with another reduction': {
    loss: of('longtail>EqualizationLoss', {lambda: 0.1, freq_info: [0.5, 0.01], reduction: 'sum'}),
    warning: /does not take it: reduction = "sum"/,
  },
  'a metric named like one of ours': {
    metric: of('GroupAccuracy', {name: 'g', num_groups: 3}),
    warning:
      /the metric GroupAccuracy \(a class of the same name, longtail>GroupAccuracy, is registered here, but it is not that one/,
  },
  'a metric of our package with an option unknown to ours': {
    metric: of('longtail>BalancedAccuracy', {num_classes: 3}),
    warning: /the metric longtail>BalancedAccuracy \(longtail>BalancedAccuracy does not take it/,
  },
  "a metric named like one of tfjs's layers": {
    metric: of('Average', {name: 'average'}),
    warning: /the metric Average \(a class of the same name, /,
  },
  "a loss named like one of tfjs's layers": {
    loss: of('Dot'),
    warning: /the loss Dot \(a class of the same name, /,
  },
  "a loss named like one of tfjs's optimizers": {
    loss: of('Adam'),
    warning: /the loss Adam \(a class of the same name, /,
  },
  "a loss named like a user's metric": {
    loss: of('Peak'),
    warning:
      /the loss Peak \(a class of the same name, Custom>Peak, is registered here, but it is not that one/,
  },
  "a metric named like a user's loss": {
    metric: of('shop>Scaled', {factor: 1}),
    warning:
      /the metric shop>Scaled \(a class of the same name, shop>Scaled, is registered here, but it is not that one/,
  },
  "a loss that the user's class refuses": {
    loss: of('Scaled', {factor: -1}),
    warning: /the loss Scaled \(shop>Scaled does not take it: a factor, please/,
  },
  "a loss with an option unknown to the user's class": {
    loss: of('shop>Scaled', {factor: 1, power: 3}),
    warning: /does not take it: it has no power/,
  },
  "a loss of a user's package, named like one of Keras's": {
    loss: {...of('MeanSquaredError', {name: 'm'}), registered_name: 'mine>MeanSquaredError'},
    warning: /used here: the loss mine>MeanSquaredError\./,
  },
  "a function of a user's package, named like one of Keras's": {
    loss: {class_name: 'function', config: 'mse', registered_name: 'mine>mse'},
    warning: /used here: the loss mine>mse\./,
  },
  "a metric of a user's package, named like ours and Keras's": {
    metric: {...of('BinaryAccuracy', {name: 'b'}), registered_name: 'mine>BinaryAccuracy'},
    warning: /the metric mine>BinaryAccuracy \(a class of the same name, longtail>BinaryAccuracy/,
  },
  'a name that two packages have': {
    loss: of('OfTwo', {factor: 1}),
    warning: /OfTwo \(one of two>OfTwo, one>OfTwo/,
  },
};

for (const [what, {loss = 'mse', metric, warning}] of Object.entries(REFUSED)) {
  test.serial(`loads uncompiled, naming the cause: ${what}`, async (t) => {
    const {models, warnings} = await load(loss, metric === undefined ? [] : [metric, 'mae']);
    for (const model of models) {
      t.falsy(model.optimizer);
      t.falsy(model.metricsNames);
      t.is((model.predict(tf.ones([1, 3])) as tf.Tensor).size, 2);
    }
    t.is(warnings.length, 2);
    for (const text of warnings) t.regex(text, warning);
  });
}

const TAKEN: Record<string, {entry: KerasEntry; cls: unknown}> = {
  'by its package': {entry: of('shop>Scaled', {name: 'scaled', reduction: 'auto', factor: 2}), cls: Scaled},
  'by its bare name': {entry: of('Scaled', {fn: 'scaled', dtype: 'float32', factor: 2}), cls: Scaled},
  'of two, by its package': {entry: of('two>OfTwo', {factor: 2}), cls: OfTwoElsewhere},
  'registered only with tfjs': {entry: of('theirs>ByTfjs', {factor: 2}), cls: ByTfjs},
};

for (const [how, {entry, cls}] of Object.entries(TAKEN)) {
  test.serial(`a user's loss comes back ${how}`, async (t) => {
    const {models, warnings} = await load(entry, [of('Peak', {name: 'peak', dtype: 'float32'})]);
    t.deepEqual(warnings, []);
    for (const model of models) {
      const loss = model.loss as unknown as Scaled;
      t.is(loss.constructor as unknown, cls);
      t.is(loss.factor, 2);
      t.deepEqual(model.metricsNames, ['loss', 'Peak']);
    }
  });
}

test.serial('restores our own losses and metrics by our package', async (t) => {
  const group = of('longtail>GroupAccuracy', {group: 'tail', freq_info: [0.5, 0.01], bounds: BOUNDS});
  const {models, warnings} = await load('mse', [group, of('longtail>BalancedAccuracy')]);
  t.deepEqual(warnings, []);
  for (const {metrics} of models) t.true((metrics as unknown[])[1] instanceof BalancedAccuracy);
});

test.serial("the package decides if ours is named like one of Keras's", async (t) => {
  const ours = {...of('BinaryAccuracy', {name: 'b'}), registered_name: 'longtail>BinaryAccuracy'};
  const {models, warnings} = await load('mse', [ours, of('BinaryAccuracy', {name: 'c', threshold: 0.5})]);
  t.deepEqual(warnings, []);
  for (const {metrics} of models) {
    const [first, second] = metrics as unknown[];
    t.true(first instanceof BinaryAccuracy);
    t.is(second, 'binaryAccuracy');
  }
});

test.serial("leaves out a user's metric named like one of Keras's, naming its package", async (t) => {
  const entries = [
    {...of('MeanSquaredError', {name: 'm'}), registered_name: 'mine>MeanSquaredError'},
    of('MeanMetricWrapper', {
      name: 'w',
      fn: {class_name: 'function', config: 'mse', registered_name: 'mine>mse'},
    }),
  ];
  const {models, warnings} = await load('mse', [...entries, 'mae']);
  for (const model of models) t.deepEqual(model.metricsNames, ['loss', 'mae']);
  t.regex(warnings[0], /mine>MeanSquaredError/);
});

test.serial("an object's warning on creation appears once", async (t) => {
  const {models, warnings} = await load(
    of('longtail>SoftmaxEqualizationLoss', {lambda: 0.001, freq_info: [0.1, 0.2]}),
  );
  t.is(warnings.filter((text) => text.includes('spares no class')).length, models.length);
});

test.serial('a warning is short, however long the names are', async (t) => {
  const long = 'L'.repeat(1e5);
  for (const [loss, metrics] of [
    [of(long), []],
    ['mse', [of(long)]],
  ] as const) {
    const {warnings} = await load(loss, [...metrics]);
    for (const text of warnings) t.true(text.length < 1000 && text.includes('LLL'));
  }
});

test.serial('leaves out a metric without a namesake here', async (t) => {
  const {models, warnings} = await load('mse', [of('TopKCategoricalAccuracy', {k: 2}), 'mae']);
  for (const model of models) t.deepEqual(model.metricsNames, ['loss', 'mae']);
  t.regex(warnings[0], /TopKCategoricalAccuracy/);
});
