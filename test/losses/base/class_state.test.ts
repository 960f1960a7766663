import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ClassState} from '../../../src/losses/base/class_state';
import {useBackend} from '../../helpers/backends';
import {useWebGpuLikeBackend} from '../../helpers/webgpu_like';

test.before(() => useBackend('cpu'));

test.serial('numbers survive JSON to the last bit of float64', (t) => {
  const state = new ClassState(3);
  state.set(Float64Array.of(1 / 3, 1e-300, 2 ** 53));
  const again = new ClassState(3);
  again.restore('state', JSON.parse(JSON.stringify(state)));
  t.deepEqual(again.onHost(), state.onHost());
});

test.serial('one tensor is kept while it is on a device, through tidies', (t) => {
  const state = new ClassState(2);
  const before = tf.memory().numTensors;
  tf.tidy(() => state.set(tf.add(state.onDevice(), tf.tensor1d([1, 2])) as tf.Tensor1D));
  tf.tidy(() => state.set(tf.add(state.onDevice(), tf.tensor1d([1, 2])) as tf.Tensor1D));
  t.is(tf.memory().numTensors, before + 1);
  t.deepEqual(state.toJSON(), [2, 4]);
  t.deepEqual(state.onHost(), Float64Array.of(2, 4));
  t.is(tf.memory().numTensors, before);
});

test.serial('on WebGPU numbers are read asynchronously, once until they change', async (t) => {
  await useWebGpuLikeBackend();
  const state = new ClassState(2);
  t.deepEqual(state.toJSON(), [0, 0]);
  state.onDevice();
  t.deepEqual(state.toJSON(), [0, 0], 'nothing has changed yet');
  const add = () => tf.tidy(() => state.set(tf.add(state.onDevice(), tf.tensor1d([1, 2])) as tf.Tensor1D));
  add();
  t.throws(() => state.toJSON(), {name: 'ValueError', message: /`await loss.readState\(\)`/});
  t.throws(() => state.onHost(), {name: 'ValueError'});
  await state.read();
  t.deepEqual(state.toJSON(), [1, 2]);
  add();
  t.throws(() => state.toJSON(), {name: 'ValueError'});
  const reading = state.read();
  add();
  await reading;
  t.throws(() => state.toJSON(), {name: 'ValueError'}, 'what was read is old');
  await state.read();
  await useBackend('cpu');
  t.deepEqual(state.onHost(), Float64Array.of(3, 6));
});

test.serial('anything but a number ≥ 0 per class is rejected, and changes nothing', (t) => {
  const state = new ClassState(2);
  state.set(Float64Array.of(1, 2));
  for (const json of [undefined, [1], [1, -1], [1, null], [1, 'a'], {0: 1, 1: 2}]) {
    t.throws(() => state.restore('state.counts', json), {
      message: /`state.counts` to be 2 finite numbers ≥ 0/,
    });
  }
  t.deepEqual(state.toJSON(), [1, 2]);
});
