import * as tfc from '@tensorflow/tfjs-core';
import {shared} from '../shared';
import {callOf, type KernelCall, type Replacement} from './kernel';

/**
 * Clones by sharing the original's memory, with a reference count, as on the cpu backend; tfjs's kernel copies it.
 * Training clones every tensor that some gradient will need.
 */
export const identity: Replacement = {
  kernelName: tfc.Identity,
  around: (original) => (params) => {
    const {inputs, backend} = callOf<KernelCall<'x', object>>(params);
    return inputs.x.dtype === 'string' ? original(params) : shared(inputs.x, backend);
  },
};
