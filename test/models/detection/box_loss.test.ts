import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {ForegroundSmoothL1} from '../../../models/detection/box_loss';
import {reload, weightsOf} from '../../helpers/models';

test('a model with it is saved, loaded, and goes on', async (t) => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 8,
        inputShape: [3],
        kernelInitializer: tf.initializers.glorotUniform({seed: 1}),
      }),
      tf.layers.reshape({targetShape: [2, 4]}),
    ],
  });
  model.compile({optimizer: tf.train.adam(0.01), loss: new ForegroundSmoothL1()});
  const [xs, ys] = [tf.ones([4, 3]), tf.ones([4, 2, 5])];
  const fit = {epochs: 2, verbose: 0, shuffle: false} as const;
  await model.fit(xs, ys, fit);
  const again = await reload(model);
  await model.fit(xs, ys, fit);
  await again.fit(xs, ys, fit);
  t.deepEqual(weightsOf(again), weightsOf(model));
});

test('½d² up to 1 and d − ½ from there, of foreground, by the number of boxes', (t) => {
  const number = fc.double({min: -4, max: 4, noNaN: true}).map(Math.fround);
  const box = fc.record({
    target: fc.tuple(number, number, number, number),
    output: fc.tuple(number, number, number, number),
    isForeground: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(box, {minLength: 1, maxLength: 6}), (boxes) => {
      const yTrue = tf.tensor3d([boxes.map(({target, isForeground}) => [...target, Number(isForeground)])]);
      const yPred = tf.tensor3d([boxes.map(({output}) => [...output])]);
      const expected = boxes
        .filter(({isForeground}) => isForeground)
        .flatMap(({target, output}) => target.map((value, k) => Math.abs(value - output[k])))
        .reduce((sum, d) => sum + (d < 1 ? d ** 2 / 2 : d - 0.5), 0);
      const loss = new ForegroundSmoothL1()(yTrue, yPred);
      t.deepEqual(loss.shape, [1]);
      t.true(Math.abs(loss.dataSync()[0] - expected / boxes.length) < 1e-5);
    }),
    {numRuns: 50},
  );
});

test('the gradient is d, cut off at ±1', (t) => {
  const yTrue = tf.tensor3d([[[0, 0, 0, 0, 1]]]);
  const gradient = tf.grad((yPred) => new ForegroundSmoothL1()(yTrue, yPred))(
    tf.tensor3d([[[0.25, -0.5, 3, -3]]]),
  );
  t.deepEqual([...gradient.dataSync()], [0.25, -0.5, 1, -1]);
});

test('other shapes are refused', (t) => {
  const loss = new ForegroundSmoothL1();
  t.throws(() => loss(tf.zeros([1, 2, 4]), tf.zeros([1, 2, 4])), {name: 'ValueError', message: /`yTrue`/});
  t.throws(() => loss(tf.zeros([1, 2, 5]), tf.zeros([1, 2, 5])), {name: 'ValueError', message: /`yPred`/});
});
