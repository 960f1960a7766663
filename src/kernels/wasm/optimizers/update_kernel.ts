import type {KernelConfig, TensorInfo} from '@tensorflow/tfjs-core';
import {asKernelFunc} from '../../shared';
import {callOf, type KernelCall} from '../kernel';
import {addressOf} from '../memory';
import {type SimdModule, simdModule} from '../simd/module';

export const OPTIMIZER_UPDATE = 'OptimizerUpdate';

/** The passes of the module over a variable, each named by its function there. */
export type UpdateName = 'adam' | 'descend' | 'momentum' | 'rmsProp';

export interface UpdateAttrs {
  update: UpdateName;
  /** How many of the inputs are states: the variable and what the optimizer keeps of it. The gradient follows. */
  states: number;
  /** The parameters of that function behind its addresses and the count. */
  numbers: number[];
}

/** One pass of an optimizer over a variable: the states and the gradient in, the new states out. */
function update(call: KernelCall<string, UpdateAttrs>): TensorInfo[] {
  const {attrs, backend} = call;
  const inputs = Object.values(call.inputs);
  const [{shape}] = inputs;
  const results = inputs.slice(0, attrs.states).map(() => backend.makeOutput(shape, 'float32'));
  const addresses = [...inputs, ...results].map((info) => addressOf(backend, info));
  const count = shape.reduce((product, size) => product * size, 1);
  (simdModule(backend) as SimdModule)[attrs.update](...addresses, count, ...attrs.numbers);
  return results;
}

/** The kernel as tfjs registers it. */
export const optimizerUpdate: KernelConfig = {
  kernelName: OPTIMIZER_UPDATE,
  backendName: 'wasm',
  kernelFunc: asKernelFunc((params: Parameters<KernelConfig['kernelFunc']>[0]) => update(callOf(params))),
};
