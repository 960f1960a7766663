import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../../src';
import {TAIL_SIGMOID} from '../../../src/kernels/losses/kernel_names';
import {hasKernels, type LossAttrs, registeredPass} from '../../../src/kernels/losses/registered_pass';
import type {Labels} from '../../../src/labels/labels';
import {useBackend} from '../../helpers/backends';
import {useGpuLikeBackend} from '../../helpers/gpu_like';

const KERNELS = {forward: 'ForwardForTest', gradient: 'GradientForTest'};
const GPU = 'gpu-like';
const suppression = {tail: Float64Array.of(0, 1), beta: 0.5};

interface Call {
  kernel: string;
  inputs: string[];
  attrs: LossAttrs & {differentiable?: boolean; last?: boolean};
}

/** Kernels of which the losses are those of the logits' first column, and the gradient what was saved. */
function registerRecorders(backendName: string): Call[] {
  const calls: Call[] = [];
  const record = (kernel: string, inputs: object, attrs: unknown) =>
    calls.push({kernel, inputs: Object.keys(inputs).sort(), attrs: attrs as Call['attrs']});
  const {makeTensorInfo} = tf.backend() as unknown as {
    makeTensorInfo(shape: number[], dtype: string, values: Float32Array): tf.TensorInfo;
  };
  const made = (shape: number[]) =>
    makeTensorInfo.call(tf.backend(), shape, 'float32', new Float32Array(tf.util.sizeFromShape(shape)));
  tf.registerKernel({
    kernelName: KERNELS.forward,
    backendName,
    kernelFunc: ({inputs, attrs}) => {
      record(KERNELS.forward, inputs, attrs);
      return attrs?.differentiable ? [made([2]), made([2, 2])] : [made([2])];
    },
  });
  tf.registerKernel({
    kernelName: KERNELS.gradient,
    backendName,
    kernelFunc: ({inputs, attrs}) => {
      record(KERNELS.gradient, inputs, attrs);
      return made([2, 2]);
    },
  });
  return calls;
}

const labelsFor = (): Labels => ({
  form: 'index',
  values: tf.tensor1d([0, 2], 'int32'),
  rows: 2,
  classes: 2,
  background: true,
});

test.serial('tells whether the current backend has the kernels', async (t) => {
  await useGpuLikeBackend();
  t.false(hasKernels(TAIL_SIGMOID));
  await useBackend('cpu');
  t.true(hasKernels(TAIL_SIGMOID));
  t.false(hasKernels({forward: 'None', gradient: 'None'}));
});

for (const backend of ['cpu', GPU]) {
  test.serial(`kernels get their inputs, and save what the gradient needs (${backend})`, async (t) => {
    if (backend === GPU) await useGpuLikeBackend();
    else await useBackend('cpu');
    const calls = registerRecorders(backend);
    const labels = labelsFor();
    const z = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const dy = tf.ones([2]);
    const pass = registeredPass(KERNELS, labels, suppression, false);

    t.deepEqual(pass.forward(z, false).saved, []);
    const {losses, saved} = pass.forward(z, true);
    t.deepEqual(losses.shape, [2]);
    t.deepEqual(saved.slice(1), backend === GPU ? [z, labels.values] : []);
    t.deepEqual(pass.gradient(dy, saved, true).shape, [2, 2]);
    pass.gradient(dy, saved, false);

    const shared = {...suppression, form: 'index', rows: 2, classes: 2, background: true, fromLogits: false};
    const gradientInputs = backend === GPU ? ['dy', 'labels', 'logits', 'saved'] : ['dy', 'saved'];
    t.deepEqual(calls as unknown[], [
      {kernel: KERNELS.forward, inputs: ['labels', 'logits'], attrs: {...shared, differentiable: false}},
      {kernel: KERNELS.forward, inputs: ['labels', 'logits'], attrs: {...shared, differentiable: true}},
      {kernel: KERNELS.gradient, inputs: gradientInputs, attrs: {...shared, last: true}},
      {kernel: KERNELS.gradient, inputs: gradientInputs, attrs: {...shared, last: false}},
    ]);
  });
}

test.serial('predictions are logits unless stated otherwise', async (t) => {
  await useBackend('cpu');
  for (const name of Object.values(KERNELS)) tf.unregisterKernel(name, 'cpu');
  const calls = registerRecorders('cpu');
  registeredPass(KERNELS, labelsFor(), suppression).forward(tf.zeros([2, 2]), false);
  t.true(calls[0].attrs.fromLogits);
});
