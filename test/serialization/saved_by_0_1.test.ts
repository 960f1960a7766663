import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {fileSystem} from '../../src/index.node';
import '../fixtures/saved-by-0.1/custom_classes';
import {describe, labelTensors, type Observed} from '../fixtures/saved-by-0.1/observe';
import {useBackend} from '../helpers/backends';

const directory = join(__dirname, '../fixtures/saved-by-0.1');
const expected: Record<string, Observed & {xs: number[][]; ys: tf.TensorLike[]}> = JSON.parse(
  readFileSync(join(directory, 'expected.json'), 'utf8'),
);

test('the corpus is complete', (t) => {
  const folders = readdirSync(directory, {withFileTypes: true}).filter((entry) => entry.isDirectory());
  t.deepEqual(folders.map(({name}) => name).sort(), Object.keys(expected).sort());
});

for (const [name, {xs, ys, ...saved}] of Object.entries(expected)) {
  test.serial(`restores a model saved by version 0.1 as that version did: ${name}`, async (t) => {
    await useBackend('cpu');
    const model = await tf.loadLayersModel(fileSystem(join(directory, name, 'model.json')));
    const {evaluation, ...found} = await describe(model, tf.tensor(xs), labelTensors(ys));
    const {evaluation: before, trained, weights, predictions, ...config} = saved;
    // These files lack what later versions add to a configuration.
    t.like(found, config);
    t.deepEqual(found.metricsNames, config.metricsNames);
    t.deepEqual(found.weights, weights);
    t.deepEqual(found.predictions, predictions);
    t.deepEqual(found.trained.weights, trained.weights, 'after one more step');
    for (const [i, value] of before.entries()) assertClose(t, evaluation[i], value);
    for (const [i, value] of trained.values.entries()) assertClose(t, found.trained.values[i], value);
  });
}

// Metrics may be summed in a different order.
function assertClose(t: import('ava').ExecutionContext, actual: number | null, expected: number | null) {
  if (expected === null || actual === null) t.is(actual, expected);
  else
    t.true(Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${actual}, ${expected}`);
}
