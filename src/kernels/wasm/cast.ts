import type {CastAttrs, CastInputs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {shared} from './identity';
import type {KernelCall, Replacement} from './kernel';

/** A cast to the dtype that the tensor has already, as in every gradient of relu, copies nothing. */
export const cast: Replacement = {
  kernelName: tfc.Cast,
  around: (original) => (call) => {
    const {inputs, attrs, backend} = call as unknown as KernelCall<CastInputs, CastAttrs>;
    return inputs.x.dtype === attrs.dtype && attrs.dtype!=='string' ? shared(inputs.x, backend) : original(call);
  },
};
