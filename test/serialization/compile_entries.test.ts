import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, FocalLoss, Loss, Metric, SoftmaxEqualizationLoss} from '../../src';
import {checkEntries, lossEntries, metricEntries} from '../../src/serialization/compile_entries';
import type {Entries} from '../../src/serialization/model_internals';
import {twoHeads} from '../helpers/models';

const NAMES = ['a', 'b'];
const own = () => tf.scalar(0);

test('one loss applies to every output; arrays and dictionaries go by output', (t) => {
  t.deepEqual(lossEntries('meanSquaredError', NAMES), ['meanSquaredError', 'meanSquaredError']);
  t.deepEqual(lossEntries(own, NAMES), [own, own]);
  t.deepEqual(lossEntries(['x', own], NAMES), ['x', own]);
  t.deepEqual(lossEntries({b: 'y', a: own}, NAMES), [own, 'y']);
  t.deepEqual(lossEntries({b: 'y'}, NAMES), [undefined, 'y']);
  t.deepEqual(lossEntries(undefined, NAMES), [undefined, undefined]);
});

test("lists a model's metrics in the order in which tfjs's compile appends them", (t) => {
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

// As in JavaScript, without type checks.
const AnyLoss = Loss as unknown as new () => object;
const AnyMetric = Metric as unknown as new () => object;
class NoCall extends AnyLoss {
  static className = 'NoCall';
  getConfig() {
    return {};
  }
}
class NoResult extends AnyMetric {
  static className = 'NoResult';
  statistics() {
    return [];
  }
  getConfig() {
    return {};
  }
}
class CallField extends AnyLoss {
  static className = 'CallField';
  call = (_: tf.Tensor, yPred: tf.Tensor) => tf.mean(yPred, -1);
}

test('compile refuses classes, metrics as losses and instances without methods, wherever they occur', (t) => {
  const refused: Array<[loss: unknown, metrics: unknown, message: RegExp]> = [
    [SoftmaxEqualizationLoss, [], /`loss` to be an instance: pass new SoftmaxEqualizationLoss\(…\)/],
    [['hinge', FocalLoss], [], /`loss` to be an instance: pass new FocalLoss/],
    [{a: FocalLoss, b: 'hinge'}, [], /`loss` to be an instance/],
    [BalancedAccuracy, [], /`loss` to be an instance/],
    ['hinge', [BalancedAccuracy], /`metrics` to be an instance: pass new BalancedAccuracy\(…\)/],
    ['hinge', {b: ['mse', BalancedAccuracy]}, /`metrics` to be an instance/],
    ['hinge', FocalLoss, /`metrics` to be an instance: pass new FocalLoss/],
    [
      new BalancedAccuracy(),
      [],
      /`loss` to be a loss: metrics have no gradient. Received: "balanced_accuracy"/,
    ],
    [{a: 'hinge', b: new BalancedAccuracy()}, [], /`loss` to be a loss/],
    [new NoCall(), [], /`loss` to be an instance of a class with a method `call`/],
    ['hinge', [new NoResult()], /`metrics` to be an instance of a class with a method `result`/],
  ];
  for (const [loss, metrics, message] of refused) {
    const model = twoHeads();
    const compile = () => model.compile({optimizer: 'sgd', loss, metrics} as never);
    t.throws(compile, {name: 'ValueError', message});
    t.falsy(model.optimizer);
  }
});

test('compile accepts instances, functions, names, and a method stored in a field', (t) => {
  class Own {}
  const check = (loss: unknown, metrics: unknown) => () =>
    checkEntries(loss as never, metrics as never, NAMES);
  t.notThrows(check(new FocalLoss(), [new BalancedAccuracy(), new FocalLoss(), 'mse', own, Own]));
  t.notThrows(check(new CallField(), undefined));
  t.notThrows(check(undefined, null));
});
