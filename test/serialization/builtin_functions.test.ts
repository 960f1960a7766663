import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {builtinFunction, builtinName} from '../../src/serialization/builtin_functions';

test("names TensorFlow.js's own functions and finds them by name", (t) => {
  t.is(builtinName(tf.metrics.recall), 'metrics.recall');
  t.is(builtinName(tf.losses.softmaxCrossEntropy), 'losses.softmaxCrossEntropy');
  for (const fn of [...Object.values(tf.metrics), ...Object.values(tf.losses)]) {
    t.is(builtinFunction(builtinName(fn) as string), fn);
  }
});

test('knows no other functions', (t) => {
  t.is(
    builtinName(() => 0),
    undefined,
  );
  for (const name of ['metrics.nothing', 'layers.dense', 'recall', 'metrics.constructor']) {
    t.is(builtinFunction(name), undefined);
  }
});
