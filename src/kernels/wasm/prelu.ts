import type {PreluInputs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {callOf, type KernelCall, type Replacement, release, reshaped, run} from './kernel';

/**
 * PReLU with any α that broadcasts to x. tfjs's kernel cycles through α's values, which is right only if they lie along
 * x's last axes; otherwise α is repeated first.
 */
export const prelu: Replacement = {
  kernelName: tfc.Prelu,
  around: (original) => (params) => {
    const {inputs, backend} = callOf<KernelCall<keyof PreluInputs, object>>(params);
    const {x, alpha} = inputs;
    const shape = [...new Array(x.shape.length - alpha.shape.length).fill(1), ...alpha.shape];
    const firstOwn = shape.findIndex((size) => size !== 1);
    const cycles = firstOwn < 0 || shape.every((size, axis) => axis < firstOwn || size === x.shape[axis]);
    if (cycles) return original(params);
    const reps = x.shape.map((size, axis) => size / shape[axis]);
    const repeated = run('Tile', backend, {x: reshaped(alpha, shape)}, {reps});
    const out = original({...params, inputs: {x, alpha: repeated}});
    release(backend, repeated);
    return out;
  },
};
