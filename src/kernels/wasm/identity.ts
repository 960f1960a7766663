import * as tfc from '@tensorflow/tfjs-core';
import {shared} from '../shared';
import type {KernelCall, Replacement} from './kernel';

/**
 * A clone that shares its original's memory, counted, as on the cpu backend; tfjs's kernel copies it. Training clones
 * every tensor that some gradient will need.
 */
export const identity: Replacement = {
  kernelName: tfc.Identity,
  around: (original) => (params) => {
    const {inputs, backend} = params as unknown as KernelCall<'x', object>;
    return inputs.x.dtype === 'string' ? original(params) : shared(inputs.x, backend);
  },
};
