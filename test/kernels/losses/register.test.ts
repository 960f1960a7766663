import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {TAIL_SIGMOID, TAIL_SOFTMAX} from '../../../src/kernels/losses/kernel_names';
import {registerLossKernels} from '../../../src/kernels/losses/register';

const NAMES = [TAIL_SIGMOID, TAIL_SOFTMAX].flatMap(({forward, gradient}) => [forward, gradient]);
const BACKENDS = ['cpu', 'tensorflow', 'wasm', 'webgl', 'webgpu'];

test('kernels are registered for every backend before its package is imported, and nothing is allocated', (t) => {
  const {Memory, Module} = WebAssembly;
  const made: unknown[] = [];
  const watched = <T extends typeof Memory | typeof Module>(original: T): T =>
    new Proxy(original, {
      construct(target, args) {
        made.push(args);
        return new target(...(args as [never]));
      },
    });
  WebAssembly.Memory = watched(Memory);
  WebAssembly.Module = watched(Module);
  const registered = () => BACKENDS.map((backend) => NAMES.map((name) => tf.getKernel(name, backend)));
  const {warn} = console;
  console.warn = (message: unknown) => made.push(message);
  registerLossKernels();
  const first = registered();
  for (const [i, kernels] of first.entries()) {
    t.true(
      kernels.every((kernel) => kernel != null),
      BACKENDS[i],
    );
  }
  registerLossKernels();
  const second = registered();
  Object.assign(WebAssembly, {Memory, Module});
  console.warn = warn;
  for (const [i, kernels] of second.entries()) {
    t.true(
      kernels.every((kernel, k) => kernel === first[i][k]),
      `${BACKENDS[i]}: registering is idempotent`,
    );
  }
  t.deepEqual(made, []);
});
