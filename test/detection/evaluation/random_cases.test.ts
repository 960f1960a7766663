import test from 'ava';
import {type Annotations, type Detection, evaluateCoco, evaluateLvis} from '../../../src/detection';
import cases from '../../fixtures/detection.json';
import {largestDifference} from '../../helpers/detection';

for (const [i, {mode, gt, detections, expected}] of cases.entries()) {
  test(`matches pycocotools for random annotations: ${mode} ${i}`, (t) => {
    const evaluate = mode === 'lvis' ? evaluateLvis : evaluateCoco;
    for (const iouType of ['bbox', 'segm'] as const) {
      const actual = evaluate(gt as Annotations, detections[iouType] as Detection[], {iouType});
      t.true(largestDifference(actual, expected[iouType]) < 1e-9);
    }
  });
}
