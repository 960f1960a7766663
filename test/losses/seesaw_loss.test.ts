import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {SeesawLoss, SoftmaxCrossEntropy} from '../../src';
import {useBackend} from '../helpers/backends';
import {evaluateLoss} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {
  agreesWithReference,
  areTheSame,
  comesBack,
  composesAlike,
  readsEveryForm,
  staysFinite,
} from '../helpers/row_losses';
import {
  followsBackends,
  movesInTrainingOnly,
  survivesTapes,
  trainsTwoOutputs,
} from '../helpers/stateful_losses';

const make = (options = {}) => new SeesawLoss({numClasses: 5, ...options});

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored with its counts and continues', async (t) => {
  const loaded = (await comesBack(t, make({p: 0.5, q: 1, eps: 0.1}))) as SeesawLoss;
  t.deepEqual([loaded.p, loaded.q, loaded.eps, loaded.objectness], [0.5, 1, 0.1, false]);
});

test.serial('it agrees with the reference code, over consecutive batches', (t) =>
  agreesWithReference(
    t,
    'Seesaw-classes',
    ({options, batches}) => new SeesawLoss({...options, numClasses: batches[0].logits[0].length}),
    // The fixtures' logits have six decimals: float32 rounds them, and 1 + q = 3 multiplies that.
    {tolerance: 2e-6},
  ),
);

test.serial('its state is the number of samples of each class seen in training', (t) => {
  const loss = make();
  loss(tf.tensor1d([0, 0, 3], 'int32'), tf.zeros([3, 5]));
  loss(tf.tensor2d([[0.5, 0.25, 0.25, 0, 0]]), tf.zeros([1, 5]));
  t.deepEqual(loss.getState(), {counts: [2.5, 0.25, 0.25, 1, 0]});
});

test.serial('p = q = 0 is softmax cross entropy; only q matters if counts are equal', (t) => {
  areTheSame(t, make({p: 0, q: 0}), new SoftmaxCrossEntropy());
  const loss = make({p: 3, q: 0});
  loss.setState({counts: [9, 9, 9, 9, 9]});
  const logits = tf.randomNormal([5, 5], 0, 3, 'float32', 1);
  const labels = tf.range(0, 5, 1, 'int32');
  const plain = evaluateLoss(new SoftmaxCrossEntropy(), labels, logits);
  t.true(largestRelativeError(evaluateLoss(loss, labels, logits).values, plain.values, 1e-6) < 1e-6);
});

test.serial('the state changes in training only, and by accepted batches only', (t) =>
  movesInTrainingOnly(t, make),
);
test.serial('it survives tapes and tidies', (t) => survivesTapes(t, make));
test.serial('its state moves from backend to backend', (t) => followsBackends(t, make));
test.serial('two outputs', (t) => trainsTwoOutputs(t, make));

test.serial('NaN leaves no trace', (t) => {
  const loss = make();
  const labels = tf.tensor2d([[Number.NaN, 0, 0, 0, 0]]);
  t.throws(() => loss(labels, tf.zeros([1, 5])), {message: /Received: NaN in row 0/});
  t.deepEqual(loss.getState(), {counts: [0, 0, 0, 0, 0]});
});

test.serial(
  'with objectness, foreground against background is added, and background rows have only that',
  (t) => {
    const classes = tf.tensor2d([1, -1, 0.5, 2, 0, 1], [2, 3]);
    const objectness = tf.tensor2d([2, -1, 0.5, 1], [2, 2]);
    const logits = tf.concat([classes, objectness], 1);
    const loss = () => new SeesawLoss({numClasses: 3, objectness: true});
    const {values, gradient} = evaluateLoss(loss(), tf.tensor1d([2, 3], 'int32'), logits);
    const alone = evaluateLoss(
      new SeesawLoss({numClasses: 3}),
      tf.tensor1d([2], 'int32'),
      tf.slice(classes, 0, 1),
    );
    const binary = [Math.log1p(Math.exp(-3)), Math.log1p(Math.exp(-0.5))];
    t.true(largestRelativeError(values, [alone.values[0] + binary[0], binary[1]], 1e-8) < 1e-6);
    const rest = binary.map((x) => 1 - Math.exp(-x));
    const expected = [...alone.gradient, -rest[0], rest[0], 0, 0, 0, rest[1], -rest[1]];
    t.true(largestRelativeError(gradient, expected, 1e-8) < 1e-6);
    for (const labels of [
      tf.tensor2d([0, 0, 1, 0, 0, 0], [2, 3]),
      tf.tensor2d([0, 0, 1, 0, 0, 0, 0, 1], [2, 4]),
      tf.tensor2d([2, 3], [2, 1]),
    ]) {
      t.deepEqual(evaluateLoss(loss(), labels, logits), {values, gradient});
    }
    const boxes = evaluateLoss(loss(), tf.tensor2d([2, 3], [1, 2], 'int32'), tf.reshape(logits, [1, 2, 5]));
    t.true(largestRelativeError(boxes.values, [(values[0] + values[1]) / 2], 0) < 1e-6);
  },
);

test.serial('every form of labels gives the same, and background is rejected', (t) => {
  readsEveryForm(t, make, 5, false);
  staysFinite(t, make());
});

test.serial('composed of tfjs ops, it gives the same', async (t) => {
  await composesAlike(t, make);
  await composesAlike(t, () => make({objectness: true}), 5, 7);
});

test.serial('missing options and those out of range are rejected', (t) => {
  t.throws(() => make({numClasses: undefined}), {message: /`numClasses`/});
  t.throws(() => make({numClasses: 2.5}), {message: /`numClasses`/});
  for (const name of ['p', 'q']) t.throws(() => make({[name]: -1}), {message: new RegExp(`\`${name}\``)});
  t.throws(() => make({eps: 0}), {message: /`eps`/});
  t.throws(() => make({objectness: 1}), {message: /`objectness`/});
  t.throws(() => make({esp: 1}), {message: /"esp"/});
  t.throws(() => make({objectness: true})(tf.zeros([1, 2]), tf.zeros([1, 2])), {message: /classes \+ 2/});
  t.throws(() => make().setState({}), {message: /`state.counts`/});
});
