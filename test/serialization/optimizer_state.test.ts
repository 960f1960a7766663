import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../src';
import {encodeOptimizer} from '../../src/serialization/optimizer_state';
import {useBackend} from '../helpers/backends';
import {savedArtifacts, smallData, smallModel, weightsOf} from '../helpers/models';
import {optimizers} from '../helpers/resume';

for (const backend of ['cpu', 'wasm'] as const) {
  for (const [name, optimizer] of Object.entries(optimizers)) {
    test.serial(`repeated saving keeps the number of tensors constant (${name}, ${backend})`, async (t) => {
      await useBackend(backend);
      const model = smallModel();
      model.compile({optimizer: optimizer(), loss: 'meanSquaredError'});
      const {xs} = smallData(8);
      const ys = tf.ones([8, 5]);
      for (let step = 0; step < 3; ++step) {
        await model.trainOnBatch(xs, ys);
        const before = tf.memory();
        const [first, second] = [await savedArtifacts(model), await savedArtifacts(model)];
        await Promise.all([savedArtifacts(model), savedArtifacts(model)]);
        t.is(tf.memory().numTensors, before.numTensors);
        t.is(tf.memory().numBytes, before.numBytes);
        t.deepEqual(second.weightData, first.weightData);
      }
      await model.trainOnBatch(xs, ys);
      t.true(weightsOf(model).flat().every(Number.isFinite), 'the state is still alive');
    });
  }
}

test.serial("disposes only the number of steps, whatever an optimizer's state", async (t) => {
  await useBackend('cpu');
  class Own extends tf.SGDOptimizer {
    readonly state = tf.keep(tf.scalar(3));
    readonly iter = tf.variable(tf.scalar(1), false, 'iter');
    override async getWeights() {
      return [
        {name: 'iter', tensor: this.iter},
        {name: 'state', tensor: this.state},
      ];
    }
  }
  const own = new Own(0.1);
  const {data, specs} = await encodeOptimizer(own);
  t.deepEqual([...new Float32Array(data)], [1, 3]);
  t.deepEqual(
    specs.map(({name, group}) => [name, group]),
    [
      ['iter', 'optimizer'],
      ['state', 'optimizer'],
    ] as never,
  );
  t.false(own.state.isDisposed || own.iter.isDisposed);
});

test.serial('a failed save disposes its tensor too', async (t) => {
  await useBackend('cpu');
  const model = smallModel();
  model.compile({optimizer: 'adam', loss: 'meanSquaredError'});
  const before = tf.memory().numTensors;
  const full = tf.io.withSaveHandler(() => Promise.reject(new Error('full')));
  await t.throwsAsync(model.save(full, {includeOptimizer: true}), {message: 'full'});
  t.is(tf.memory().numTensors, before);
});
