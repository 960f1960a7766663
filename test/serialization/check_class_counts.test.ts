import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, BalancedSoftmaxLoss, EqualizationLoss, GroupAccuracy, SeesawLoss} from '../../src';
import {checkClassCounts} from '../../src/serialization/check_class_counts';
import {freqInfo, smallModel, twoHeads} from '../helpers/models';

const five = () => new EqualizationLoss({lambda: 0.05, freqInfo});
const two = () => new BalancedSoftmaxLoss({freqInfo: [0.9, 0.1]});
const bounds = [{name: 'low', maxFrequency: 0.5}, {name: 'high'}];

/** A Sequential has outputs once it is built. */
function compiled(): tf.LayersModel {
  const model = smallModel();
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  return model;
}

test('throws for frequencies of a different number of classes, naming the output', (t) => {
  const message = (output: string) => ({message: new RegExp(`output '${output}'.* 5 classes.*Received: 2`)});
  t.notThrows(() => checkClassCounts(compiled(), five(), [new BalancedAccuracy(), 'accuracy']));
  t.throws(() => checkClassCounts(compiled(), two(), []), message('logits'));
  const metric = new GroupAccuracy({group: 'low', freqInfo: [0.9, 0.1], bounds});
  t.throws(() => checkClassCounts(compiled(), five(), [metric]), message('logits'));
  t.throws(() => checkClassCounts(twoHeads(), {a: five(), b: two()}, undefined), message('b'));
});

test('ignores outputs and objects whose classes are unknown', (t) => {
  t.notThrows(() => checkClassCounts(compiled(), new SeesawLoss({numClasses: 2}), null));
  class Own extends BalancedSoftmaxLoss {
    override call(_yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor1D {
      return tf.sum(yPred, -1) as tf.Tensor1D;
    }
  }
  t.notThrows(() => checkClassCounts(compiled(), new Own({freqInfo: [0.9, 0.1]}), null));
});
