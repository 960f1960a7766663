import '@tensorflow/tfjs';
import test from 'ava';
import type {GreyPage} from '../../../models/detection/data/grey_page';
import {judge} from '../../../models/detection/judge';
import {ClassFrequency} from '../../../src';

const freqInfo = new ClassFrequency({imageCounts: [300, 50, 4], numImages: 1000});
const page: GreyPage = {
  ink: new Uint8Array(0),
  boxes: Float64Array.of(0, 0, 10, 10, 0, 20, 10, 30, 0, 40, 10, 50),
  labels: Int32Array.of(0, 1, 2),
};

test('groups by the boxes of training; IoU of y and x as they are', (t) => {
  const found = {
    // Exact; of another class; half of its height: an IoU of .5.
    boxes: [0, 0, 10, 10, 0, 20, 10, 30, 0, 40, 5, 50],
    labels: [0, 2, 2],
    scores: [0.9, 0.3, 0.8],
  };
  const {summary, apByCategory} = judge([page], [found], freqInfo);
  t.true(Math.abs(summary.APf - 1) < 1e-9);
  t.is(summary.APc, 0);
  t.true(Math.abs(summary.APr - 0.1) < 1e-9, 'right at one of ten thresholds');
  t.true(Math.abs(summary.AP - 1.1 / 3) < 1e-9);
  t.deepEqual(Object.keys(apByCategory), ['1', '2', '3']);
});

test('a wrong box that scores higher costs precision, on pages of other classes too', (t) => {
  const other: GreyPage = {...page, boxes: page.boxes.slice(0, 4), labels: Int32Array.of(1)};
  const all = {boxes: [...page.boxes], labels: [0, 1, 2], scores: [0.9, 0.9, 0.5]};
  const wrong = {boxes: [0, 0, 10, 10], labels: [2], scores: [0.8]};
  const {summary} = judge([page, other], [all, wrong], freqInfo);
  t.true(Math.abs(summary.APr - 0.5) < 1e-9);
});
