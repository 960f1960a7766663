import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import {check} from './harness/check';
import {kernelCases} from './kernel_cases';
import {compareWithClosedForm} from './run_kernels';

// Of GPUs every shape wants shaders of its own, which takes its time.
const RUNS = {cpu: 1000, wasm: 1000, webgl: 300, webgpu: 300};

check('random calls of the kernels agree with float64 closed forms', async ({backend}) => {
  const before = tf.memory().numTensors;
  await fc.assert(fc.asyncProperty(kernelCases, compareWithClosedForm), {numRuns: RUNS[backend]});
  const left = tf.memory().numTensors - before;
  if (left !== 0) throw new Error(`${left} tensors are left`);
});
