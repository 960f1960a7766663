import type {IdentityInputs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {type BackendWasm, type KernelCall, type Replacement} from './kernel';

/**
 * A clone that shares its original's memory, counted, as the cpu backend's does; tfjs copies it. Training clones every
 * tensor that a gradient will need.
 */
export const identity: Replacement = {
  kernelName: tfc.Identity,
  around: (original) => (call) => {
    const {inputs, backend} = call as unknown as KernelCall<IdentityInputs, object>;
    return inputs.x.dtype === 'string' ? original(call) : shared(inputs.x, backend);
  },
};
export function shared(x: tfc.TensorInfo, backend: BackendWasm): tfc.TensorInfo {
  backend.incRef(x.dataId);
  return {dataId: x.dataId, shape: x.shape, dtype: x.dtype};
}
