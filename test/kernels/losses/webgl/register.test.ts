import * as tf from '@tensorflow/tfjs';
import {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';
import test from 'ava';
import {TAIL_SIGMOID, TAIL_SOFTMAX} from '../../../../src/kernels/losses/kernel_names';
import {registerWebglLosses} from '../../../../src/kernels/losses/webgl/register';

const NAMES = [TAIL_SIGMOID, TAIL_SOFTMAX].flatMap(({forward, gradient}) => [forward, gradient]);
const registered = () => NAMES.map((name) => tf.getKernel(name, 'webgl') != null);

// No WebGL here: a cpu backend of that name.
test.serial('WebGL 2 has the kernels, WebGL 1 does not, whether it starts before or after', async (t) => {
  registerWebglLosses();
  registerWebglLosses();
  t.deepEqual(registered(), [true, true, true, true]);
  tf.registerBackend('webgl', () => new MathBackendCPU(), 0);
  tf.env().set('WEBGL_VERSION', 2);
  await tf.setBackend('webgl');
  t.deepEqual(registered(), [true, true, true, true]);

  tf.removeBackend('webgl');
  tf.registerBackend('webgl', () => new MathBackendCPU(), 0);
  tf.env().set('WEBGL_VERSION', 1);
  await tf.setBackend('webgl');
  t.deepEqual(registered(), [false, false, false, false]);
  registerWebglLosses();
  t.deepEqual(registered(), [false, false, false, false]);
});
