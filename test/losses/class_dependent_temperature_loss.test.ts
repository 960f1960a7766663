import test from 'ava';
import {ClassDependentTemperatureLoss, SoftmaxCrossEntropy} from '../../src';
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

const make = (options = {}) => new ClassDependentTemperatureLoss({freqInfo, gamma: 0.3, ...options});

test.beforeEach(() => useBackend('cpu'));

test.serial('saved with a model, it is restored and continues', async (t) => {
  t.is(((await comesBack(t, make())) as ClassDependentTemperatureLoss).gamma, 0.3);
});

test.serial('it agrees with the reference code', (t) =>
  agreesWithReference(
    t,
    'ClassDependentTemperature',
    ({options, freqInfo}) => new ClassDependentTemperatureLoss({gamma: 0, ...options, freqInfo}),
  ),
);

test.serial('γ = 0, or equally frequent classes, gives softmax cross entropy', (t) => {
  areTheSame(t, make({gamma: 0}), new SoftmaxCrossEntropy());
  areTheSame(t, make({freqInfo: [0.1, 0.1, 0.1, 0.1, 0.1]}), new SoftmaxCrossEntropy());
});

test.serial('every form of labels gives the same, and background is rejected', (t) => {
  readsEveryForm(t, make, 5, false);
  staysFinite(t, make());
});

test.serial('composed of tfjs ops, it gives the same', (t) => composesAlike(t, make));

test.serial('missing options and those out of range are rejected', (t) => {
  t.throws(() => make({freqInfo: undefined}), {message: /`freqInfo`/});
  for (const gamma of [undefined, -1, Number.NaN]) t.throws(() => make({gamma}), {message: /`gamma`/});
  t.throws(() => make({gama: 1}), {message: /did you mean "gamma"/});
});
