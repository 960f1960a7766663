import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {BalancedAccuracy, EqualizationLoss, ForegroundAccuracy, Metric} from '../../src';
import {uniqueNames} from '../../src/serialization/metric_names';
import {useBackend} from '../helpers/backends';
import {CLASSES, freqInfo, smallData, smallModel, twoHeads} from '../helpers/models';

test.before(() => useBackend('cpu'));

class Named extends Metric {
  static readonly className = 'Named';
  statistics(_: tf.Tensor, yPred: tf.Tensor) {
    return [tf.scalar(yPred.shape[0])];
  }
  result([rows]: tf.Tensor[]) {
    return rows;
  }
  getConfig() {
    return {};
  }
}

test("makes names unique like tfjs's fit", (t) => {
  t.deepEqual(uniqueNames(['loss', 'acc', 'mse']), ['loss', 'acc', 'mse']);
  t.deepEqual(uniqueNames(['loss', 'acc', 'mse', 'acc']), ['loss', 'acc_0', 'mse', 'acc_1']);
  t.deepEqual(uniqueNames(['loss', 'loss']), ['loss', 'loss_1'], 'callbacks monitor the total loss');
});

test('property: names become unique, and unique ones are kept', (t) => {
  const name = fc.constantFrom('a', 'b', 'a_0', 'a_1', 'a_0_0', 'a_1_0', 'b_1', 'loss');
  fc.assert(
    fc.property(fc.array(name, {maxLength: 8}), (metrics) => {
      const names = uniqueNames(['loss', ...metrics]);
      t.is(new Set(names).size, metrics.length + 1);
      t.is(names[0], 'loss');
    }),
  );
});

const values = (model: tf.LayersModel, xs: tf.Tensor, ys: tf.Tensor | tf.Tensor[]) =>
  Object.fromEntries(
    (model.evaluate(xs, ys) as tf.Scalar[]).map((value, i) => [model.metricsNames[i], value.dataSync()[0]]),
  );

test.serial('reports both of two metrics with the same name, by the same names everywhere', async (t) => {
  const model = smallModel();
  model.compile({
    optimizer: tf.train.sgd(0),
    loss: new EqualizationLoss({lambda: 0.05, freqInfo}),
    metrics: ['accuracy', new BalancedAccuracy(), new ForegroundAccuracy(), new BalancedAccuracy()],
  });
  const names = ['loss', 'acc', 'balanced_accuracy_0', 'foreground_accuracy', 'balanced_accuracy_1'];
  t.deepEqual(model.metricsNames, names);
  const {xs, ys} = smallData(20);
  const evaluated = values(model, xs, ys);
  t.is(evaluated.balanced_accuracy_0, evaluated.balanced_accuracy_1);
  t.not(evaluated.foreground_accuracy, evaluated.balanced_accuracy_0);
  const keys = [...names, ...names.map((name) => `val_${name}`)].sort();
  const seen: string[][] = [];
  const onEpochEnd = async (_: number, logs?: tf.Logs) => void seen.push(Object.keys(logs ?? {}).sort());
  const options = {epochs: 1, verbose: 0, callbacks: {onEpochEnd}} as const;
  const fitted = await model.fit(xs, ys, {...options, validationData: [xs, ys]});
  const data = tf.data.zip({xs: tf.data.array(xs.arraySync()), ys: tf.data.array(ys.arraySync())}).batch(7);
  const byTensors = await model.fitDataset(data as never, {...options, validationData: [xs, ys]});
  const byDataset = await model.fitDataset(data as never, {...options, validationData: data as never});
  for (const {history} of [fitted, byTensors, byDataset]) {
    t.deepEqual(Object.keys(history).sort(), keys);
    for (const name of names.slice(1)) {
      t.is(history[name][0], evaluated[name], name);
      t.is(history[`val_${name}`][0], evaluated[name], name);
    }
  }
  t.deepEqual(seen, [keys, keys, keys]);
  t.is(((await model.trainOnBatch(xs, ys)) as number[]).length, names.length);
});

test.serial('does so with several outputs too', async (t) => {
  const model = twoHeads();
  const loss = () => new EqualizationLoss({lambda: 0.05, freqInfo});
  model.compile({
    optimizer: tf.train.sgd(0),
    loss: [loss(), loss()],
    metrics: {b: [new BalancedAccuracy(), new BalancedAccuracy()], a: new Named('loss')} as never,
  });
  const expected = [
    'loss',
    'a_loss_0',
    'b_loss',
    'a_loss_1',
    'b_balanced_accuracy_0',
    'b_balanced_accuracy_1',
  ];
  t.deepEqual(model.metricsNames, expected);
  const {xs, ys} = smallData(20);
  const {history} = await model.fit(xs, [ys, ys], {
    epochs: 1,
    verbose: 0,
    validationData: [xs, [ys, ys]],
  });
  t.is(Object.keys(history).length, 2 * expected.length);
  t.is(history.a_loss_1[0], 20);
  t.is(history.val_a_loss_1[0], 20);
});

test.serial('a metric named loss leaves the total loss its name', async (t) => {
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: [new Named('loss')]});
  const {history} = await model.fit(tf.zeros([4, 4]), tf.ones([4, CLASSES]), {epochs: 1, verbose: 0});
  t.deepEqual([history.loss[0], history.loss_1[0]], [1, 4]);
});

test.serial("refuses names that tfjs's logs already have, before anything changes", (t) => {
  const model = smallModel();
  for (const name of ['batch', 'size', 'val_loss']) {
    const args = {optimizer: 'sgd', loss: 'meanSquaredError', metrics: [new Named(name)]};
    t.throws(() => model.compile(args), {message: new RegExp(`Expected \`metrics\`.*Received: "${name}"`)});
    t.is(model.metricsNames, undefined as never);
  }
  t.throws(
    () =>
      model.compile({
        optimizer: 'sgd',
        loss: 'meanSquaredError',
        metrics: [new Named('x'), new Named('val_x')],
      }),
    {message: /Received: "val_x"/},
  );
  t.notThrows(() =>
    model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: [new Named('val_x')]}),
  );
});

test.serial('compares names as they are logged', async (t) => {
  const loss = () => new EqualizationLoss({lambda: 0.05, freqInfo});
  const compiled = (metrics: unknown) => {
    const model = smallModel();
    model.compile({optimizer: tf.train.sgd(0), loss: loss(), metrics: metrics as never});
    return model;
  };
  const refused: Array<[unknown[], string]> = [
    [['accuracy', new Named('val_acc')], 'val_acc'],
    [['acc', new BalancedAccuracy({name: 'val_acc'})], 'val_acc'],
    [[new Named('val_ce'), 'crossentropy'], 'val_ce'],
    [[new Named('x'), new Named('x'), new Named('val_x_0')], 'val_x_0'],
    [[new Named('val_x'), new Named('val_x'), new Named('x_1')], 'val_x_1'],
  ];
  for (const [metrics, name] of refused) {
    t.throws(() => compiled(metrics), {
      message: new RegExp(`Expected \`metrics\`.*Received: "${name}"`),
      name: 'ValueError',
    });
  }
  // None of these is logged.
  const {xs, ys} = smallData(20);
  const accepted = [
    ['accuracy', new Named('val_accuracy')],
    [new Named('x'), new Named('x'), new Named('val_x')],
  ];
  for (const metrics of accepted) {
    const model = compiled(metrics);
    const {history} = await model.fit(xs, ys, {epochs: 1, verbose: 0, validationData: [xs, ys]});
    t.is(Object.keys(history).length, 2 * model.metricsNames.length);
  }
});

test.serial('compares them with several outputs too, whose names come first', (t) => {
  const input = tf.input({shape: [4]});
  const model = (...names: string[]) =>
    tf.model({
      inputs: input,
      outputs: names.map((name) => tf.layers.dense({units: CLASSES, name}).apply(input) as tf.SymbolicTensor),
    });
  const loss = new EqualizationLoss({lambda: 0.05, freqInfo});
  const compile = (names: string[], metrics: unknown) =>
    model(...names).compile({optimizer: 'sgd', loss, metrics: metrics as never});
  const message = (name: string) => ({message: new RegExp(`rename.*the output.*Received: "${name}"`)});
  t.throws(() => compile(['head', 'val_head'], {}), message('val_head_loss'));
  t.throws(() => compile(['val', 'other'], {}), message('val_loss'));
  t.throws(() => compile(['m', 'val_m_n'], {m: new Named('n_loss')}), message('val_m_n_loss'));
  t.notThrows(() => compile(['m', 'n'], [new Named('val_x'), new Named('x'), new Named('val_loss')]));
});

test.serial("models without objects of this package keep tfjs's names", (t) => {
  const model = smallModel();
  const size = (_: tf.Tensor, yPred: tf.Tensor) => tf.mean(yPred);
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['mse', 'mse', size]});
  t.deepEqual(model.metricsNames, ['loss', 'mse', 'mse', 'size']);
});

test('compile refuses a name that is not a string', (t) => {
  for (const name of [undefined, null, {}, 7, Symbol('acc')]) {
    const metric = new Named();
    Object.defineProperty(metric, 'name', {value: name});
    const compile = () =>
      smallModel().compile({
        optimizer: 'sgd',
        loss: new EqualizationLoss({lambda: 0.05, freqInfo}),
        metrics: ['accuracy', metric],
      });
    t.throws(compile, {
      name: 'ValueError',
      message: /Expected `metrics` to be functions and objects whose name is a string\. Received: /,
    });
  }
});
