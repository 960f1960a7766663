import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {BalancedAccuracy, EqualizationLoss, GroupAccuracy} from '../../src';
import {freqInfo, smallData, smallModel} from '../helpers/models';
import {useTfjsNode} from '../helpers/native';
import {checkResume, optimizers} from '../helpers/resume';

test.before(useTfjsNode);

for (const [name, optimizer] of Object.entries(optimizers)) {
  test.serial(`training goes on bit for bit after loading (${name}, tfjs-node)`, (t) =>
    checkResume(t, optimizer),
  );
}

test.serial('metrics do not depend on the batch size (tfjs-node)', async (t) => {
  const model = smallModel();
  const metrics = ['accuracy', new GroupAccuracy({group: 'rare', freqInfo}), new BalancedAccuracy()];
  model.compile({optimizer: tf.train.sgd(0), loss: new EqualizationLoss({lambda: 0.05, freqInfo}), metrics});
  const {xs, ys} = smallData(50);
  const values = (batchSize: number) =>
    (model.evaluate(xs, ys, {batchSize}) as tf.Scalar[]).map((value) => value.dataSync()[0]).slice(1);
  const {history} = await model.fit(xs, ys, {batchSize: 7, epochs: 1, verbose: 0});
  const fitted = ['acc', 'rare_accuracy', 'balanced_accuracy'].map((name) => history[name][0] as number);
  for (const batchSize of [3, 50]) {
    t.true(values(batchSize).every((value, i) => Math.abs(value - fitted[i]) < 1e-6));
  }
});
