import type {AddInputs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {callOf, type KernelCall, type Replacement} from './kernel';
import {addressOf} from './memory';
import {simdModule} from './simd/module';

/** Adds a bias, one number per channel, row by row; tfjs's kernel looks up the source of each number. */
export const add: Replacement = {
  kernelName: tfc.Add,
  around: (original) => (params) => {
    const {inputs, backend} = callOf<KernelCall<keyof AddInputs, object>>(params);
    const {a, b} = inputs;
    const columns = a.shape[a.shape.length - 1];
    const floats = a.dtype === 'float32' && b.dtype === 'float32';
    const isBias =
      a.shape.length > 1 && b.shape.length <= a.shape.length && tfc.util.sizeFromShape(b.shape) === columns;
    const module = floats && isBias && b.shape[b.shape.length - 1] === columns ? simdModule(backend) : null;
    if (module == null) return original(params);
    const out = backend.makeOutput(a.shape, 'float32');
    const [x, bias, to] = [a, b, out].map((info) => addressOf(backend, info));
    module.addToRows(x, bias, tfc.util.sizeFromShape(a.shape.slice(0, -1)), columns, to);
    return out;
  },
};
