import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {type Labels, type RowFormula, RowLoss, registerLoss, rowLosses} from '../../../src';
import {useBackend} from '../../helpers/backends';
import {evaluateLoss} from '../../helpers/loss_cases';
import {comesBack, readsEveryForm} from '../../helpers/row_losses';

// A user's loss, as the documentation tells to write one.
const formula: RowFormula<number> = {
  name: 'Squares',
  losses: (z, y, weight) => tf.sum(tf.mul(weight, tf.squaredDifference(z, y)), 1),
};

class Squares extends RowLoss {
  static readonly className: string = 'Squares';
  readonly weight: number;
  contexts: boolean[] = [];
  constructor({weight = 1}: {weight?: number} = {}) {
    super();
    this.weight = weight;
  }
  protected rows(z: tf.Tensor2D, labels: Labels, {training}: {training: boolean}) {
    this.contexts.push(training);
    return rowLosses(formula, z, labels, this.weight);
  }
  getConfig() {
    return {weight: this.weight};
  }
}

class WithoutBackground extends Squares {
  static override readonly className: string = 'WithoutBackground';
  protected override get background() {
    return false;
  }
}

/** One more logit after those of the classes, which costs its square. */
class WithExtra extends Squares {
  static override readonly className: string = 'WithExtra';
  protected override get extraLogits() {
    return 1;
  }
  protected override rows(z: tf.Tensor2D, labels: Labels) {
    const classes = tf.slice(z, [0, 0], [labels.rows, labels.classes]);
    const extra = tf.sum(tf.square(tf.slice(z, [0, labels.classes])), 1);
    return tf.add(rowLosses(formula, classes, labels, 1), extra) as tf.Tensor1D;
  }
}

registerLoss(Squares, {package: 'test'});
test.beforeEach(() => useBackend('cpu'));

test.serial("a user's loss trains, is saved and is restored", (t) =>
  comesBack(t, new Squares({weight: 0.5}), true),
);

test.serial('options that are no object are refused', (t) => {
  class Passed extends RowLoss {
    protected rows = (z: tf.Tensor2D) => tf.sum(z, 1) as tf.Tensor1D;
    getConfig = () => ({});
  }
  for (const options of [3, 'focal', true, null]) {
    t.throws(() => new Passed(options as never), {
      name: 'ValueError',
      message: /^Expected `options` to be an object/,
    });
  }
  t.notThrows(() => new Passed({}));
});

test.serial('it gets every form of labels, and background if it accepts that', (t) => {
  readsEveryForm(t, () => new Squares(), 4, true);
  const logits = tf.zeros([2, 3]);
  const refuses = new WithoutBackground();
  t.throws(() => refuses(tf.zeros([2, 4]), logits), {message: /background column/});
  t.deepEqual(Array.from(refuses(tf.tensor1d([0, 2], 'int32'), logits).dataSync()), [1, 1]);
});

test.serial('predictions of other dtypes are cast; the result is float32 [batch]', (t) => {
  const loss = new Squares();
  for (const dtype of ['int32', 'bool', 'float32'] as const) {
    const result = loss(tf.tensor1d([1], 'int32'), tf.tensor2d([[1, 0]], [1, 2], dtype));
    t.is(result.dtype, 'float32');
    t.deepEqual(result.shape, [1]);
    t.deepEqual(Array.from(result.dataSync()), [2]);
  }
});

test.serial('boxes are averaged; the mean over no boxes is 0', (t) => {
  const logits = tf.tensor3d([1, 0, 0, 0, 0, 0, 2, 0], [2, 2, 2]);
  const {values, gradient} = evaluateLoss(new Squares(), tf.fill([2, 2], 2, 'int32'), logits);
  t.deepEqual(values, [0.5, 2]);
  t.deepEqual(gradient, [1, 0, 0, 0, 0, 0, 2, 0]);
  const none = evaluateLoss(new Squares(), tf.zeros([2, 0, 3]), tf.zeros([2, 0, 3]));
  t.deepEqual(none.values, [0, 0]);
});

test.serial('extra logits follow those of the classes', (t) => {
  const logits = tf.tensor2d([1, 0, 3, 0, 1, 2], [2, 3]);
  for (const labels of [tf.tensor1d([0, 2], 'int32'), tf.tensor2d([1, 0, 0, 0], [2, 2])]) {
    const {values, gradient} = evaluateLoss(new WithExtra(), labels, logits);
    t.deepEqual(values, [9, 5]);
    t.deepEqual(gradient, [0, 0, 6, 0, 2, 4]);
  }
  t.throws(() => new WithExtra()(tf.zeros([2]), tf.zeros([2, 1])), {message: /\[batch, …, classes \+ 1\]/});
});

test.serial('it is training unless the context says otherwise; only tensors are accepted', (t) => {
  const loss = new Squares();
  const [labels, logits] = [tf.zeros([1, 2]), tf.zeros([1, 2])];
  loss(labels, logits);
  loss.call(labels, logits, {});
  loss.call(labels, logits, {training: false});
  loss.call(labels, logits, {training: undefined});
  t.deepEqual(loss.contexts, [true, true, false, true]);
  t.true(loss.checksLabels);
  t.is(loss.expects, 'logits');
  t.throws(() => loss([[0]] as never, logits), {message: /`yTrue` to be a tensor/});
  t.throws(() => loss(labels, [[0]] as never), {message: /`yPred` to be a tensor/});
  t.throws(() => loss(tf.zeros([3]), logits), {message: /`yTrue`/});
  const strings = tf.tensor2d([['1', '0']]);
  t.throws(() => loss(labels, strings), {name: 'ValueError', message: /`yPred` to be .*"string"$/});
});
