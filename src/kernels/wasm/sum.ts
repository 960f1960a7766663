import type {SumAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {callOf, type KernelCall, type Replacement} from './kernel';
import {reduceSum} from './reduce_sum';

/** tfjs's Sum, with a float64 accumulator for float32 tensors. */
export const sum: Replacement = {
  kernelName: tfc.Sum,
  around: (original) => (params) => {
    const {inputs, attrs, backend} = callOf<KernelCall<'x', SumAttrs>>(params);
    return inputs.x.dtype === 'float32' ? reduceSum(inputs.x, attrs, backend) : original(params);
  },
};
