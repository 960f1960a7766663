import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {registerGpuTrainingKernels} from '../../../src/kernels/gpu';
import {OPTIMIZER_UPDATE} from '../../../src/kernels/optimizers/update';
import {useBackend} from '../../helpers/backends';

test.serial('both backends have the kernel, however often it is registered', (t) => {
  const {applyGradients} = tf.AdamOptimizer.prototype;
  registerGpuTrainingKernels();
  for (const backend of ['webgl', 'webgpu']) t.truthy(tf.getKernel(OPTIMIZER_UPDATE, backend), backend);
  t.is(tf.AdamOptimizer.prototype.applyGradients, applyGradients);
});

test.serial("other backends keep tfjs's updates", async (t) => {
  await useBackend('cpu');
  const w = tf.variable(tf.ones([4]));
  const {kernelNames} = await tf.profile(() => {
    tf.train.adam(0.1).applyGradients([{name: w.name, tensor: w}]);
    return w;
  });
  t.false(kernelNames.includes(OPTIMIZER_UPDATE));
  t.true(kernelNames.includes('Sqrt'));
});
