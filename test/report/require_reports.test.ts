import test from 'ava';
import {ClassificationReport} from '../../src/report';
import {requireReports} from '../../src/report/require_reports';

const scores = {precision: 1, recall: 0.5, f1: 0.7, support: 2};
const none = {precision: Number.NaN, recall: Number.NaN, f1: Number.NaN, support: 0};
const report = {
  name: 'm',
  classes: [{...scores, name: 'cat', predicted: 2}],
  groups: [{...none, name: 'rare', classes: 0}],
  accuracy: 0.5,
  micro: scores,
  macro: scores,
  weighted: scores,
};

test('accepts a report restored from JSON', (t) => {
  const before = new ClassificationReport([report, {...report, name: 'n'}]);
  const {models} = JSON.parse(JSON.stringify(before));
  const after = new ClassificationReport(models);
  t.is(`${after}`, `${before}`);
  t.is(after.html, before.html);
  t.true(`${after}`.includes('–'));
});

test('refuses anything else, naming its path', (t) => {
  const wrong: [models: unknown, message: RegExp][] = [
    [undefined, /`models` to be an array/],
    [[3], /`models\[0\]` to be an object/],
    [[{...report, name: 3}], /`models\[0\]\.name` to be a string/],
    [[{...report, macro: undefined}], /`models\[0\]\.macro` to be an object/],
    [[{...report, micro: {...scores, f1: 7}}], /`models\[0\]\.micro\.f1` to be a number in 0 … 1/],
    [[{...report, classes: [{}]}], /`models\[0\]\.classes\[0\]\.precision`/],
    [[report, {...report, groups: []}], /`models\[1\]\.groups` to be those of the first model, \["rare"\]/],
  ];
  for (const [models, message] of wrong) {
    t.throws(() => requireReports(models as never), {name: 'ValueError', message});
  }
});
