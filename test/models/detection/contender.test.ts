import '@tensorflow/tfjs';
import test from 'ava';
import {contendersOf} from '../../../models/detection/contender';

test('without a λ, each method once', (t) => {
  t.deepEqual(contendersOf(['sigmoid', 'eql'], undefined), [
    {name: 'sigmoid', method: 'sigmoid', title: 'sigmoid'},
    {name: 'eql', method: 'eql', title: 'EQL'},
  ]);
});

test('methods that have a λ once for each', (t) => {
  t.deepEqual(
    contendersOf(['sigmoid', 'eql'], '0.001, 2e-3').map(({name, lambda}) => [name, lambda]),
    [
      ['sigmoid', undefined],
      ['eql-0.001', 0.001],
      ['eql-0.002', 0.002],
    ],
  );
  for (const list of ['', '0.1,', 'x', '-1']) {
    t.throws(() => contendersOf(['eql'], list), {name: 'ValueError', message: /^Expected `--lambda`/});
  }
});
