import test from 'ava';
import {historyFigure} from '../../src/report/on_node';
import {COLORS} from '../../src/report/theme';
import {pointsOf, readFigure} from '../helpers/figure';

const runs = {
  baseline: {loss: [2, 1, 0.5], acc: [0.25, 0.5, 0.75], val_loss: [2, 1.5, 1]},
  EQL: {loss: [1.5, 1, 0.5], acc: [0.5, 0.5, 1]},
};

const linesIn = (svg: string, stroke: string) =>
  readFigure(svg)
    .all(`g[aria-label="line"][stroke="${stroke}"] path, g[aria-label="line"] path[stroke="${stroke}"]`)
    .map(pointsOf);

test('draws a panel per metric and a line per run, through its values', (t) => {
  const svg = historyFigure(runs);
  const [loss, validation, accuracy] = linesIn(svg, COLORS.baseline);
  const [eqlLoss, eqlAccuracy] = linesIn(svg, COLORS.eql);
  t.deepEqual([loss.length, eqlLoss.length, eqlAccuracy.length], [3, 3, 3]);
  const perUnit = loss[1][1] - loss[0][1];
  t.true(Math.abs(eqlLoss[0][1] - (loss[0][1] + 0.5 * perUnit)) < 0.01);
  t.true(Math.abs(validation[1][1] - (loss[0][1] + 0.5 * perUnit)) < 0.01);
  t.true(Math.abs(accuracy[1][1] - eqlAccuracy[1][1]) < 0.01, 'the same value, the same height');
  t.true(accuracy[2][1] < accuracy[1][1]);
});

test('labels runs, metrics and units, with shares in percent', (t) => {
  const {texts, label} = readFigure(historyFigure(runs));
  for (const text of ['baseline', 'EQL', 'validation', '100']) t.true(texts.includes(text), text);
  t.true(texts.some((text) => text.includes('acc, %')));
  t.true(texts.some((text) => text.includes('epoch')));
  t.is(label, 'loss, acc by epoch, of baseline and EQL');
});

test('refuses runs without an epoch', (t) => {
  for (const empty of [{}, {baseline: {}}, {baseline: {loss: []}}] as Record<string, Record<string, []>>[]) {
    t.throws(() => historyFigure(empty), {name: 'ValueError', message: /`runs` to be histories of at least/});
  }
});
