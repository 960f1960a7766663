import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, FocalLoss} from '../../src';
import {loadedLayers} from '../../src/io/loaded_layers';
import {guardCopies} from '../../src/serialization/guard_copies';
import {watchForSecondTfjs} from '../../src/serialization/second_tfjs';

/** Mimics a model of another copy of tfjs-layers. */
class Foreign {
  outputNames = ['a', 'b'];
  compiled: unknown;
  compile(args: object) {
    this.compiled = args;
    return 'compiled';
  }
}

const own = {at: '/own/tf-layers.js', LayersModel: tf.LayersModel};
const other = {at: '/other/tf-layers.js', LayersModel: Foreign};
const [labels, logits] = [tf.tensor2d([[0, 1]]), tf.tensor2d([[0, 1]])];

function warningsOf(run: () => void): string[] {
  const warnings: string[] = [];
  const {warn} = console;
  console.warn = (text: string) => warnings.push(text);
  try {
    run();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

test.serial('a single TensorFlow.js gives no warning', (t) => {
  watchForSecondTfjs(() => [own]);
  t.deepEqual(
    warningsOf(() => new FocalLoss()(labels, logits)),
    [],
  );
});

test.serial(
  'a model of another copy refuses losses and metrics, wherever they occur, and compiles the rest',
  (t) => {
    watchForSecondTfjs(guardCopies(() => [own, other]));
    watchForSecondTfjs(guardCopies(() => [own, other]));
    const loss = new FocalLoss() as never;
    const metric = new BalancedAccuracy() as never;
    for (const args of [
      {loss},
      {loss: ['mse', loss]},
      {loss: {b: loss}},
      {loss: 'mse', metrics: metric},
      {loss: 'mse', metrics: ['acc', metric]},
      {loss: 'mse', metrics: {a: [metric]}},
    ]) {
      const model = new Foreign();
      t.throws(() => model.compile(args), {
        name: 'ValueError',
        message:
          /belongs to one \(\/own\/tf-layers\.js\), .* another \(\/other\/tf-layers\.js\)\. .*npm dedupe/,
      });
      t.is(model.compiled, undefined);
    }
    const model = new Foreign();
    const args = {loss: 'mse', metrics: ['acc']};
    t.is(model.compile(args), 'compiled');
    t.is(model.compiled, args);
    t.notThrows(() =>
      tf
        .sequential({layers: [tf.layers.dense({units: 2, inputShape: [2]})]})
        .compile({optimizer: 'sgd', loss}),
    );
  },
);

test.serial('the first call warns once, even about a copy loaded later', (t) => {
  const copies: {at: string; LayersModel: {prototype: object}}[] = [own];
  watchForSecondTfjs(() => copies);
  copies.push(other);
  const warnings = warningsOf(() => {
    for (let i = 0; i < 2; ++i) new FocalLoss()(labels, logits);
  });
  t.is(warnings.length, 1);
  t.regex(warnings[0], /Two copies of TensorFlow\.js are loaded: .*\/other\/tf-layers\.js/);
});

test.serial("tensors of another copy's class reveal it if modules cannot be listed", (t) => {
  watchForSecondTfjs(() => []);
  const {Tensor} = tf;
  class Another {}
  const foreign = tf.clone(logits);
  Object.setPrototypeOf(
    foreign,
    Object.create(Another.prototype, Object.getOwnPropertyDescriptors(Tensor.prototype)),
  );
  const [warning] = warningsOf(() => new FocalLoss()(labels, foreign));
  t.regex(warning, /belongs to one, and models or tensors come from another\. There/);
});

test("finds the loaded copies in Node's cache, with their files", (t) => {
  const copies = loadedLayers();
  t.is(copies.length, 1);
  t.is(copies[0].LayersModel, tf.LayersModel);
  t.regex(copies[0].at, /@tensorflow.tfjs-layers.dist.tf-layers\.node\.js$/);
});
