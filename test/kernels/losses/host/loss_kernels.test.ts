import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {type HostKernels, registerHostKernels} from '../../../../src/kernels/losses/host/loss_kernels';
import {FUSED_ROWS, TAIL_SIGMOID, TAIL_SOFTMAX} from '../../../../src/kernels/losses/kernel_names';

const BACKEND = 'recorder';
const info: tf.TensorInfo = {dataId: {}, shape: [], dtype: 'float32'};

test('both families are registered once, whatever comes later', (t) => {
  const calls: unknown[] = [];
  const kernels: HostKernels<unknown> = {
    forward: (family, call) => {
      calls.push([family, call]);
      return [info];
    },
    fused: (call) => {
      calls.push(['fused', call]);
      return [info];
    },
    gradient: (call) => {
      calls.push(['gradient', call]);
      return info;
    },
  };
  const others: HostKernels<unknown> = {
    forward: () => t.fail() as never,
    fused: () => t.fail() as never,
    gradient: () => t.fail() as never,
  };
  const {warn} = console;
  const warnings: unknown[] = [];
  console.warn = (message: unknown) => warnings.push(message);
  registerHostKernels(BACKEND, kernels);
  const registered = tf.getKernelsForBackend(BACKEND);
  registerHostKernels(BACKEND, others);
  console.warn = warn;
  t.deepEqual(warnings, []);
  t.deepEqual(
    registered.map(({kernelName}) => kernelName),
    [FUSED_ROWS, TAIL_SIGMOID.forward, TAIL_SIGMOID.gradient, TAIL_SOFTMAX.forward, TAIL_SOFTMAX.gradient],
  );
  t.deepEqual(tf.getKernelsForBackend(BACKEND), registered);

  const call = {inputs: {}, attrs: {}, backend: {}};
  const results = [TAIL_SIGMOID, TAIL_SOFTMAX].flatMap(({forward, gradient}) =>
    [forward, gradient].map((name) => tf.getKernel(name, BACKEND).kernelFunc(call)),
  );
  t.deepEqual(results, [[info], info, [info], info]);
  t.deepEqual(calls, [
    ['sigmoid', call],
    ['gradient', call],
    ['softmax', call],
    ['gradient', call],
  ]);
});
