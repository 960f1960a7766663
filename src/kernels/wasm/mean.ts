import type {MeanAttrs, MeanInputs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {KernelCall, Replacement} from './kernel';
import {reduceSum} from './reduce_sum';

export const mean: Replacement = {
  kernelName: tfc.Mean,
  around: (original) => (call) => {
    const {inputs, attrs, backend} = call as unknown as KernelCall<MeanInputs, MeanAttrs>;
    if (inputs.x.dtype !== 'float32') return original(call);
    return reduceSum(inputs.x, attrs.axis, attrs.keepDims, backend, true);
  },
};
