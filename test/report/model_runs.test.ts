import test from 'ava';
import {labelsOf, modelRuns} from '../../src/report/model_runs';

const [a, b] = [Int32Array.of(0, 1), [1, 1]];

test('reads models by name or in a list, each with one run or several', (t) => {
  t.deepEqual(modelRuns({baseline: a, other: b}, 2), [
    {name: 'baseline', runs: [a]},
    {name: 'other', runs: [b]},
  ]);
  t.deepEqual(
    modelRuns(
      [
        {name: '2', predicted: [a, b]},
        {name: '1', predicted: b},
      ],
      2,
    ).map(({name, runs}) => [name, runs.length]),
    [
      ['2', 2],
      ['1', 1],
    ],
  );
});

test('refuses no models, repeated names, and a wrong number of predictions', (t) => {
  t.throws(() => modelRuns([], 2), {
    name: 'ValueError',
    message: /`predicted` to be predictions of at least one model/,
  });
  t.throws(
    () =>
      modelRuns(
        [
          {name: 'a', predicted: a},
          {name: 'a', predicted: b},
        ],
        2,
      ),
    {message: /different names/},
  );
  t.throws(() => modelRuns({x: a}, 3), {message: /`predicted.x` to be 3 classes/});
  t.throws(() => modelRuns([{name: 'a', predicted: [a, [1]]}], 2), {
    message: /`predicted\[0\].predicted` to be 2 classes/,
  });
});

test('names the pair baseline and eql as in the paper, others as given', (t) => {
  t.deepEqual(labelsOf(['baseline', 'eql']), ['cross entropy', 'EQL']);
  t.deepEqual(labelsOf(['baseline', 'eql', 'seesaw']), ['baseline', 'eql', 'seesaw']);
});
