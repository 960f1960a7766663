import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {type Annotations, type Detection, evaluateCoco, evaluateLvis} from '../../../src/detection';
import {largestDifference} from '../../helpers/detection';

interface Case {
  mode: 'coco' | 'lvis';
  gt: Annotations;
  detections: Record<'bbox' | 'segm', Detection[]>;
  expected: Record<'bbox' | 'segm', {summary: Record<string, number>; apByCategory: Record<string, number>}>;
}

const DIRECTORY = join(__dirname, '../../fixtures/lvis-eval');
const files = readdirSync(DIRECTORY).filter((name) => name.endsWith('.json'));

test('there are cases of both', (t) => {
  t.is(files.length, 40);
});

for (const file of files) {
  test(`matches the official evaluator: ${file}`, (t) => {
    const {mode, gt, detections, expected}: Case = JSON.parse(readFileSync(join(DIRECTORY, file), 'utf8'));
    const evaluate = mode === 'lvis' ? evaluateLvis : evaluateCoco;
    for (const iouType of ['bbox', 'segm'] as const) {
      const actual = evaluate(gt, detections[iouType], {iouType});
      t.true(largestDifference(actual, expected[iouType]) < 1e-9);
    }
  });
}
