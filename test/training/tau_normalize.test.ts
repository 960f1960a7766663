import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {tauNormalize} from '../../src';
import {useBackend} from '../helpers/backends';
import {largestRelativeError} from '../helpers/loss_fixtures';
import {endings, predictions, served} from '../helpers/served';

test.before(() => useBackend('cpu'));

for (const [ending, make] of Object.entries(endings)) {
  test(`each class's weights are divided by the power τ of their length: ${ending}`, async (t) => {
    const model = make();
    for (const tau of [0, 0.5, 1]) {
      const normalized = tauNormalize(model, {tau});
      const last = (of: tf.LayersModel) => {
        const layer = of.layers.filter((one) => one.getClassName() === 'Dense').pop();
        return (layer as tf.layers.Layer).getWeights().map((weight) => weight.dataSync());
      };
      const [kernel, bias] = last(model);
      const lengths = [0, 1, 2, 3].map((j) =>
        Math.hypot(...Array.from(kernel).filter((_, i) => i % 4 === j)),
      );
      const expected = Array.from(kernel, (w, i) => w / lengths[i % 4] ** tau);
      t.true(largestRelativeError(Array.from(last(normalized)[0]), expected, 1e-3) < 1e-6);
      t.deepEqual(last(normalized)[1], bias);
      t.deepEqual(predictions(await served(normalized)), predictions(normalized));
      if (tau === 0) t.deepEqual(predictions(normalized), predictions(model));
    }
  });
}

test('a class whose weights are all 0 stays', (t) => {
  const model = tf.sequential({
    layers: [tf.layers.dense({units: 4, inputShape: [3], kernelInitializer: 'zeros'})],
  });
  t.true(predictions(tauNormalize(model)).every((z) => z === 0));
});

test('invalid arguments are rejected', (t) => {
  const model = endings['functional, on boxes']();
  t.throws(() => tauNormalize(model, {tau: -1}), {message: /`tau`/});
  t.throws(() => tauNormalize(model, {taus: 1} as never), {message: /did you mean "tau"/});
  t.throws(() => tauNormalize({} as never), {message: /`model`/});
});
