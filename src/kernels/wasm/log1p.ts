import type {Log1pInputs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {callOf, floats, type KernelCall, type Replacement} from './kernel';

/**
 * log(1 + x) without forming 1 + x: for |x| ≪ 1, as in the cross entropy of a confident logit, tfjs's kernel gives 0.
 */
export const log1p: Replacement = {
  kernelName: tfc.Log1p,
  around: () => (params) => {
    const {inputs, backend} = callOf<KernelCall<keyof Log1pInputs, object>>(params);
    const out = backend.makeOutput(inputs.x.shape, 'float32');
    const x = floats(backend, inputs.x);
    const y = floats(backend, out);
    for (let i = 0; i < y.length; i++) y[i] = Math.log1p(x[i]);
    return out;
  },
};
