import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {checkOptimizer} from '../../src/serialization/check_optimizer';
import {reload, savedArtifacts, smallModel} from '../helpers/models';
import {optimizers} from '../helpers/resume';

for (const [name, make] of Object.entries(optimizers)) {
  test(`accepts ${name} with its defaults`, (t) => t.notThrows(() => checkOptimizer(make())));
}

test.serial('refuses a file whose optimizer lacks its learning rate, leaving nothing behind', async (t) => {
  const model = smallModel();
  model.compile({optimizer: tf.train.rmsprop(0.1), loss: 'meanSquaredError'});
  await t.notThrowsAsync(reload(model));
  const artifacts = await savedArtifacts(model);
  for (const rate of ['fast', Number.NaN]) {
    const {optimizer_config} = artifacts.trainingConfig as unknown as {optimizer_config: {config: object}};
    Object.assign(optimizer_config.config, {learningRate: rate});
    const before = tf.memory().numTensors;
    await t.throwsAsync(tf.loadLayersModel(tf.io.fromMemory(artifacts)), {message: /config\.learningRate/});
    t.is(tf.memory().numTensors, before);
  }
});
