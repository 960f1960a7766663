import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss} from '../../src';
import {calibration, reliabilityDiagram} from '../../src/report/on_node';
import {useBackend} from '../helpers/backends';
import {readFigure} from '../helpers/figure';
import {freqInfo, smallData, smallModel} from '../helpers/models';
import {singleLabel, tensorsOf} from '../helpers/pass_metrics';

const echo = {predict: (xs: tf.Tensor) => tf.clone(xs)};

test.before(() => useBackend('cpu'));

test.serial('bins hold every sample, and the error agrees with torchmetrics', async (t) => {
  const fixture = singleLabel[1];
  const [ys, xs] = tensorsOf(fixture);
  const before = tf.memory().numTensors;
  const [{bins, error, name}] = await calibration({mine: echo}, {xs, ys}, {bins: 5});
  t.is(tf.memory().numTensors, before);
  t.is(name, 'mine');
  t.true(Math.abs(error - fixture.calibration[5]) < 1e-5);
  t.is(
    bins.reduce((sum, {samples}) => sum + samples, 0),
    ys.shape[0],
  );
  const gaps = bins.reduce((sum, bin) => sum + bin.samples * Math.abs(bin.confidence - bin.accuracy), 0);
  t.true(Math.abs(gaps / (ys.shape[0] as number) - error) < 1e-5);
});

test.serial("applies the activation of a LayersModel's loss", async (t) => {
  const {xs, ys} = smallData(40);
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: new EqualizationLoss({lambda: 0.05, freqInfo})});
  const of = async (options: object) => (await calibration(model, {xs, ys}, options))[0].error;
  t.is(await of({}), await of({activation: 'sigmoid'}));
  t.not(await of({}), await of({activation: 'softmax'}));
});

test('dots of calibrated models are on the diagonal', (t) => {
  const bins = [0.3, 0.9].map((confidence) => ({confidence, accuracy: confidence, samples: 10}));
  const {texts, all} = readFigure(reliabilityDiagram([{name: 'exact', bins, error: 0}], {width: 300}));
  t.true(texts.includes('exact (error 0.0 %)'));
  const circles = all('g[aria-label="dot"] circle').filter((dot) => dot.querySelector('title'));
  const [a, b] = circles.map((dot) => [Number(dot.getAttribute('cx')), Number(dot.getAttribute('cy'))]);
  t.true(Math.abs((b[0] - a[0]) / (a[1] - b[1]) - 1) < 0.05);
  t.throws(() => reliabilityDiagram([{name: 'none', bins: [], error: Number.NaN}]), {name: 'ValueError'});
});

test('refuses bins without samples or beyond the axes', (t) => {
  const bin = {confidence: 0.5, accuracy: 0.5, samples: 1};
  const refused = (wrong: object, message: RegExp) =>
    t.throws(() => reliabilityDiagram([{name: 'm', bins: [{...bin, ...wrong}], error: 0}]), {
      name: 'ValueError',
      message,
    });
  refused({samples: 0}, /`models\[0\]\.bins\[0\]\.samples` to be a finite number > 0/);
  refused({confidence: 1.5}, /`models\[0\]\.bins\[0\]\.confidence` to be a number in 0 … 1/);
});
