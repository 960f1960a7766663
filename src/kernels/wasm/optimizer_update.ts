import type {KernelConfig, TensorInfo} from '@tensorflow/tfjs-core';
import {type UpdateCall, type UpdateName, updateKernel} from '../optimizers/update';
import {type BackendWasm, floats} from './kernel';
import {addressOf} from './memory';
import {type SimdModule, simdModule} from './simd/module';

type Numbers = Record<string, number>;

/** The SIMD module's passes, with their parameters after the addresses and the count; scalars are among the numbers. */
const PASSES: Record<
  UpdateName,
  ['adam' | 'descend' | 'momentum' | 'rmsProp', (numbers: Numbers) => number[]]
> = {
  adam: [
    'adam',
    ({beta1, rest1, beta2, rest2, accBeta1, accBeta2, epsilon, minusRate}) => {
      // In float32, as tfjs subtracts them.
      const [c1, c2] = [accBeta1, accBeta2].map((acc) => Math.fround(1 - acc));
      return [beta1, rest1, beta2, rest2, c1, c2, epsilon, minusRate];
    },
  ],
  descend: ['descend', ({minusRate}) => [minusRate]],
  momentum: ['momentum', ({mu, minusRate}) => [mu, minusRate, 0]],
  nesterov: ['momentum', ({mu, minusRate}) => [mu, minusRate, 1]],
  rmsProp: ['rmsProp', ({decay, rest, mu, epsilon, rate}) => [decay, rest, mu, epsilon, rate]],
};

/** Runs one pass over a variable: reads the states and the gradient, writes the new states. */
function update({inputs, attrs, backend}: UpdateCall<BackendWasm>): TensorInfo[] {
  const {value, gradient} = inputs;
  const states = attrs.states.map((name) => inputs[name]);
  const results = states.map(() => backend.makeOutput(value.shape, 'float32'));
  const numbers: Numbers = {...attrs.numbers};
  const large = new Set([...attrs.states, 'gradient']);
  for (const name of Object.keys(inputs)) {
    if (!large.has(name)) [numbers[name]] = floats(backend, inputs[name]);
  }
  const addresses = [...states, gradient, ...results].map((info) => addressOf(backend, info));
  const count = value.shape.reduce((product, size) => product * size, 1);
  const [pass, parametersOf] = PASSES[attrs.update];
  (simdModule(backend) as SimdModule)[pass](...addresses, count, ...parametersOf(numbers));
  return results;
}

export const optimizerUpdate: KernelConfig = updateKernel(
  'wasm',
  update,
  (backend: BackendWasm) => simdModule(backend) != null,
);
