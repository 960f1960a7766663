import type {MeanAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {callOf, type KernelCall, type Replacement} from './kernel';
import {reduceSum} from './reduce_sum';

/** tfjs's Mean, with a float64 accumulator for float32 tensors. */
export const mean: Replacement = {
  kernelName: tfc.Mean,
  around: (original) => (params) => {
    const {inputs, attrs, backend} = callOf<KernelCall<'x', MeanAttrs>>(params);
    return inputs.x.dtype === 'float32' ? reduceSum(inputs.x, attrs, backend, true) : original(params);
  },
};
