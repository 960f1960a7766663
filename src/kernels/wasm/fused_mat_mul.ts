import type {_FusedMatMulAttrs, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {inItsOwnShape, matrixProductOf} from './batch_mat_mul';
import {type BackendWasm, callOf, type KernelCall, type Replacement, release, run} from './kernel';

type Call = KernelCall<'a' | 'b' | 'bias' | 'preluActivationWeights', _FusedMatMulAttrs>;

const ACTIVATIONS: Partial<Record<string, string>> = {
  relu: tfc.Relu,
  relu6: tfc.Relu6,
  elu: tfc.Elu,
  prelu: tfc.Prelu,
  leakyrelu: tfc.LeakyRelu,
  sigmoid: tfc.Sigmoid,
};

/**
 * Multiplies matrices and adds a bias, without an activation, as in the last dense layer of a model in training.
 * Products with a bias are computed step by step if they are batched or transposed, where tfjs's kernel adds wrong
 * values, or if the bias has a rank other than 1, which it rejects.
 */
export const fusedMatMul: Replacement = {
  kernelName: tfc._FusedMatMul,
  around: (original) => (params) => {
    const {inputs, attrs, backend} = callOf<Call>(params);
    const {a, b, bias} = inputs;
    const isSeveral = [a, b].some(({shape}) => tfc.util.sizeFromShape(shape.slice(0, -2)) > 1);
    if (attrs.activation === 'linear' && !isSeveral) {
      const product = matrixProductOf(inputs, attrs, backend, bias);
      if (product) return product;
    }
    const isPlain = !isSeveral && !attrs.transposeA && !attrs.transposeB && bias?.shape.length === 1;
    // tfjs rejects unknown activations.
    const isKnown = attrs.activation === 'linear' || Object.hasOwn(ACTIVATIONS, attrs.activation);
    if (bias && isKnown && !isPlain) return stepByStep(inputs, attrs, backend);
    return inItsOwnShape(b, backend, (b) => original({...params, inputs: {...inputs, b}}) as TensorInfo);
  },
};

function stepByStep(
  {a, b, bias, preluActivationWeights}: Call['inputs'],
  {transposeA, transposeB, activation, leakyreluAlpha}: Call['attrs'],
  backend: BackendWasm,
): TensorInfo {
  const product = run(tfc.BatchMatMul, backend, {a, b}, {transposeA, transposeB});
  const sum = run(tfc.Add, backend, {a: product, b: bias}, {});
  release(backend, product);
  const kernel = ACTIVATIONS[activation];
  if (kernel === undefined) return sum;
  const operands: Record<string, TensorInfo> = {x: sum};
  if (activation === 'prelu') operands.alpha = preluActivationWeights;
  const out = run(kernel, backend, operands, {alpha: leakyreluAlpha});
  release(backend, sum);
  return out;
}
