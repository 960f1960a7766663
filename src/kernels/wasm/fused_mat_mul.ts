import type {_FusedMatMulAttrs} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {matrixProductOf} from './batch_mat_mul';
import {callOf, type KernelCall, type Replacement} from './kernel';

type Call = KernelCall<'a' | 'b' | 'bias', _FusedMatMulAttrs>;

/** A matrix product plus a bias, without an activation, as in the last dense layer of a model that is trained. */
export const fusedMatMul: Replacement = {
  kernelName: tfc._FusedMatMul,
  around: (original) => (params) => {
    const {inputs, attrs, backend} = callOf<Call>(params);
    if (attrs.activation !== 'linear') return original(params);
    return matrixProductOf(inputs, attrs, backend, inputs.bias) ?? original(params);
  },
};
