import '@tensorflow/tfjs';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {contendersOf} from '../../../models/detection/contender';
import type {DetectionOutcome, DetectionSetting} from '../../../models/detection/detection_job';
import {summarize} from '../../../models/detection/summary';
import {writeReport} from '../../../models/detection/write_report';
import {temporaryDirectory} from '../../io/files/temporary';

test('a page with the table, the sweep and drawn pages', (t) => {
  const out = temporaryDirectory(t);
  const contenders = contendersOf(['sigmoid', 'eql'], '0.001,0.003');
  const setting: DetectionSetting = {
    backend: 'wasm',
    epochs: 1,
    pages: 30,
    perClass: 1,
    split: 'validation',
    tailRatio: 0.03,
  };
  const found = {boxes: [20, 20, 30, 30], labels: [3], scores: [0.5]};
  const outcomes = [0.1, 0.12, 0.11].map((AP): DetectionOutcome[] => [
    {
      lambda: 0.001,
      counts: [1000, 20],
      summary: {AP, AP50: AP, APr: AP, APc: AP, APf: AP},
      ap: [AP, AP],
      found: [found, found, found],
      seconds: 3,
    },
  ]);
  const summary = summarize(contenders, outcomes);
  const files = writeReport(out, {setting, contenders, outcomes, summary, footer: 'One seed.'});
  t.deepEqual(files.slice(0, 4), ['detect.json', 'lambda.svg', 'lambda.png', 'page-1-sigmoid.png']);
  t.is(files.length, 3 + 9 + 1);
  const html = readFileSync(join(out, 'report.html'), 'utf8');
  for (const text of ['1,020 boxes', 'EQL, λ = 0.003', '12.0 (+2.0)', 'Page 3', 'One seed.']) {
    t.true(html.includes(text), text);
  }
  t.is(html.match(/<img /g)?.length, 9);
  t.is(JSON.parse(readFileSync(join(out, 'detect.json'), 'utf8')).summary.length, 3);
});
