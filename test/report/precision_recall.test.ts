import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassFrequency} from '../../src';
import {AveragePrecision} from '../../src/metrics';
import {precisionRecall, precisionRecallCurves} from '../../src/report/on_node';
import {useBackend} from '../helpers/backends';
import {readFigure} from '../helpers/figure';
import {singleLabel, tensorsOf} from '../helpers/pass_metrics';

const echo = {predict: (xs: tf.Tensor) => tf.clone(xs)};
const freqInfo = new ClassFrequency({imageCounts: [150, 60, 20, 5, 2], numImages: 200});

test.before(() => useBackend('cpu'));

test.serial(
  'groups have the average precision of their classes, and curves that end at recall 1',
  async (t) => {
    const [ys, xs] = tensorsOf(singleLabel[1]);
    const before = tf.memory().numTensors;
    const [one, other] = await precisionRecall({one: echo, other: echo}, {xs, ys}, {freqInfo});
    t.is(tf.memory().numTensors, before);
    t.deepEqual(one.groups, other.groups);
    for (const {group, averagePrecision, points} of one.groups) {
      const expected = new AveragePrecision({group, freqInfo})(ys, xs).dataSync()[0];
      t.true(Math.abs(averagePrecision - expected) < 1e-6, group);
      t.is(points[points.length - 1].recall, 1);
    }
    const [{groups}] = await precisionRecall(echo, {xs, ys});
    t.deepEqual(
      groups.map(({group}) => group),
      ['all classes'],
    );
    await t.throwsAsync(precisionRecall(echo, {xs, ys}, {freqInfo: [0.1], bounds: [{name: 'a'}]} as never), {
      name: 'ValueError',
    });
  },
);

test('draws a panel per group, side by side or stacked, and a line per model', (t) => {
  const groups = ['rare', 'common', 'frequent'].map((group, i) => ({
    group,
    averagePrecision: i === 0 ? Number.NaN : 0.5,
    points: i === 0 ? [] : [0, 1].map((recall) => ({recall, precision: 1 - recall / 2})),
  }));
  const models = [
    {name: 'a', groups},
    {name: 'b', groups},
  ];
  const {texts, all} = readFigure(precisionRecallCurves(models));
  for (const text of ['a', 'b', 'no samples', 'AP 50, 50 %']) t.true(texts.includes(text), text);
  t.is(all('g[aria-label="line"] path').length, 4);
  const [wide, phone] = [precisionRecallCurves(models), precisionRecallCurves(models, {width: 320})].map(
    (svg) =>
      svg
        .match(/width="(\d+)" height="(\d+)"/)!
        .slice(1)
        .map(Number),
  );
  t.true(wide[0] > wide[1] && phone[0] <= 320 && phone[1] > 600);
  t.throws(() => precisionRecallCurves([]), {name: 'ValueError'});
});

test("refuses curves with groups other than the first model's, and points beyond the axes", (t) => {
  const curve = (group: string, recall = 1) => ({
    group,
    averagePrecision: 1,
    points: [{recall, precision: 1}],
  });
  const refused = (models: unknown, message: RegExp) =>
    t.throws(() => precisionRecallCurves(models as never), {name: 'ValueError', message});
  const first = {name: 'a', groups: [curve('rare'), curve('common')]};
  for (const groups of [[curve('rare')], [curve('common'), curve('rare')]]) {
    refused(
      [first, {name: 'b', groups}],
      /`models\[1\]\.groups` to be those of the first model, \["rare", "common"\]/,
    );
  }
  refused(
    [{name: 'a', groups: [curve('rare', 2)]}],
    /`models\[0\]\.groups\[0\]\.points\[0\]\.recall` to be a number/,
  );
});
