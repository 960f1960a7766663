import test from 'ava';
import {IOU_THRESHOLDS, RECALLS} from '../../../src/detection/evaluation/protocol';

test('thresholds and recalls equal numpy.linspace to the last bit', (t) => {
  t.deepEqual([...IOU_THRESHOLDS], [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95]);
  t.is(RECALLS.length, 101);
  t.deepEqual([RECALLS[0], RECALLS[29], RECALLS[57], RECALLS[100]], [0, 0.29, 0.5700000000000001, 1]);
});
