import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {LDAMLoss, SoftmaxCrossEntropy} from '../../src';
import {useBackend} from '../helpers/backends';
import {evaluateLoss} from '../helpers/loss_cases';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {freqInfo} from '../helpers/models';
import {numericalGradient} from '../helpers/numerical_gradient';
import {
  agreesWithReference,
  areTheSame,
  comesBack,
  composesAlike,
  readsEveryForm,
  staysFinite,
} from '../helpers/row_losses';

const make = (options = {}) => new LDAMLoss({freqInfo, ...options});

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored and continues', async (t) => {
  const loaded = (await comesBack(t, make({maxMargin: 0.3, scale: 4}))) as LDAMLoss;
  t.deepEqual([loaded.maxMargin, loaded.scale], [0.3, 4]);
});

test.serial('it agrees with the reference code', (t) =>
  agreesWithReference(t, 'LDAM', ({options, freqInfo}) => new LDAMLoss({...options, freqInfo}), {
    // The fixtures' logits have six decimals: float32 rounds them, and s = 30 multiplies that.
    tolerance: 2.5e-6,
  }),
);

test.serial('without margin and scale it is softmax cross entropy', (t) =>
  areTheSame(t, make({maxMargin: 0, scale: 1}), new SoftmaxCrossEntropy()),
);

test.serial('soft labels take their share of the margin', (t) => {
  const y = [0.75, 0.25, 0];
  const margins = [0.5 * 0.1 ** 0.25, 0.5, 0.5 * 0.2 ** 0.25];
  const form = (z: number[]) => {
    const terms = z.map((x, j) => 2 * (x - margins[j] * y[j]));
    const log = Math.log(terms.reduce((sum, term) => sum + Math.exp(term), 0));
    return terms.reduce((sum, term, j) => sum + y[j] * (log - term), 0);
  };
  const z = [0.5, -0.25, 0.125];
  const loss = make({freqInfo: [1, 0.1, 0.5], scale: 2});
  const {values, gradient} = evaluateLoss(loss, tf.tensor2d(y, [1, 3]), tf.tensor2d(z, [1, 3]));
  t.true(largestRelativeError(values, [form(z)], 1e-8) < 1e-6);
  t.true(largestRelativeError(gradient, numericalGradient(form, z), 1e-6) < 1e-6);
});

test.serial('every form of labels gives the same, and background is rejected', (t) => {
  readsEveryForm(t, make, 5, false);
  staysFinite(t, make());
});

test.serial('composed of tfjs ops, it gives the same', (t) => composesAlike(t, () => make({scale: 2})));

test.serial('missing options and those out of range are rejected', (t) => {
  t.throws(() => make({freqInfo: undefined}), {message: /`freqInfo`/});
  t.throws(() => make({maxMargin: -1}), {message: /`maxMargin`/});
  for (const scale of [0, -1, Number.NaN]) t.throws(() => make({scale}), {message: /`scale`/});
  t.throws(() => make({margin: 1}), {message: /"margin"/});
});
