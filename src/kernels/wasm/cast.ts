import type {CastAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {shared} from '../shared';
import {callOf, type KernelCall, type Replacement} from './kernel';

/** Casts numbers to their own dtype, as in every gradient of relu, without copying them. */
export const cast: Replacement = {
  kernelName: tfc.Cast,
  around: (original) => (params) => {
    const {inputs, attrs, backend} = callOf<KernelCall<'x', CastAttrs>>(params);
    const {dtype} = inputs.x;
    return dtype === attrs.dtype && dtype !== 'string' ? shared(inputs.x, backend) : original(params);
  },
};
