import test from 'ava';
import {groupAccuracies} from '../../../models/moby-dick/scores';
import {ClassFrequency} from '../../../src';

test('the share of crops that are read right, by group and overall', (t) => {
  const freqInfo = new ClassFrequency({imageCounts: [500, 50, 5, 200], numImages: 1000});
  const accuracies = groupAccuracies(freqInfo, [0, 3, 3, 1, 2, 2], [0, 3, 0, 1, 2, 1]);
  t.deepEqual(accuracies, {rare: 50, common: 100, frequent: (100 * 2) / 3, overall: (100 * 4) / 6});
});
