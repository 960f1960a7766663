import test from 'ava';
import {BalancedSoftmaxLoss, LogitAdjustedLoss, SoftmaxCrossEntropy} from '../../src';
import {useBackend} from '../helpers/backends';
import {freqInfo} from '../helpers/models';
import {
  agreesWithReference,
  areTheSame,
  comesBack,
  composesAlike,
  readsEveryForm,
  staysFinite,
} from '../helpers/row_losses';

const make = (options = {}) => new BalancedSoftmaxLoss({freqInfo, ...options});

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored and continues', async (t) => {
  await comesBack(t, make());
});

test.serial('it agrees with the reference code', (t) =>
  agreesWithReference(t, 'BalancedSoftmax', ({freqInfo}) => new BalancedSoftmaxLoss({freqInfo})),
);

test.serial(
  'it equals the logit-adjusted loss with τ = 1, and cross entropy for equally frequent classes',
  (t) => {
    areTheSame(t, make(), new LogitAdjustedLoss({freqInfo, tau: 1}));
    areTheSame(t, make({freqInfo: [0.1, 0.1, 0.1, 0.1, 0.1]}), new SoftmaxCrossEntropy());
  },
);

test.serial('every form of labels gives the same, and background is rejected', (t) => {
  readsEveryForm(t, make, 5, false);
  staysFinite(t, make());
});

test.serial('composed of tfjs ops, it gives the same', (t) => composesAlike(t, make));

test.serial('missing and unknown options are rejected', (t) => {
  t.throws(() => make({freqInfo: undefined}), {message: /`freqInfo`/});
  t.throws(() => make({tau: 1}), {message: /"tau"/});
});
