import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {lossEntries, metricEntries} from '../../src/serialization/compile_entries';
import type {Entries} from '../../src/serialization/model_internals';
import {twoHeads} from '../helpers/models';

const NAMES = ['a', 'b'];
const own = () => tf.scalar(0);

test('one loss is for every output, arrays and dictionaries are by output', (t) => {
  t.deepEqual(lossEntries('meanSquaredError', NAMES), ['meanSquaredError', 'meanSquaredError']);
  t.deepEqual(lossEntries(own, NAMES), [own, own]);
  t.deepEqual(lossEntries(['x', own], NAMES), ['x', own]);
  t.deepEqual(lossEntries({b: 'y', a: own}, NAMES), [own, 'y']);
  t.deepEqual(lossEntries({b: 'y'}, NAMES), [undefined, 'y']);
  t.deepEqual(lossEntries(undefined, NAMES), [undefined, undefined]);
});

test("a model's metrics come in the order in which tfjs's compile appends them", (t) => {
  const forms: Entries[] = [
    'mse',
    own,
    ['mse', own],
    {b: 'mse'},
    {b: ['mse', own], a: own},
    {a: ['mae', 'mse']},
    [],
  ];
  for (const metrics of forms) {
    const model = twoHeads();
    model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: metrics as never});
    const named = metricEntries(metrics, NAMES).flatMap((entries, i) =>
      entries.map((entry) => `${NAMES[i]}_${typeof entry === 'string' ? entry : entry.name}`),
    );
    t.deepEqual(model.metricsNames, ['loss', 'a_loss', 'b_loss', ...named]);
  }
  t.deepEqual(metricEntries(null, NAMES), [[], []]);
});
