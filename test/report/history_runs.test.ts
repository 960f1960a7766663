import test from 'ava';
import {modelHistories, pointsOf} from '../../src/report/history_runs';

test('of several runs the mean of each epoch, in a band of one deviation', (t) => {
  const points = pointsOf([{loss: [2, 1]}, {loss: [4]}], 'loss');
  t.deepEqual(points, [
    {x: 1, y: 3, low: 3 - Math.SQRT2, high: 3 + Math.SQRT2},
    {x: 2, y: 1},
  ]);
  t.deepEqual(pointsOf([{loss: [2]}], 'acc'), []);
});

test('a list keeps its order, whatever the names', (t) => {
  const names = modelHistories([
    {name: '9', history: {loss: [1]}},
    {name: '1', history: [{loss: [1]}]},
  ]).map(({name}) => name);
  t.deepEqual(names, ['9', '1']);
  t.throws(() => modelHistories(['a', 'a'].map((name) => ({name, history: {loss: [1]}}))), {
    name: 'ValueError',
    message: /`runs` to be histories of different names/,
  });
});
