import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/** One loss over `[rows, C]`: its per-row value, and the gradient for an upstream gradient `[rows]`. */
export interface LossPass {
  /** Tensors that `gradient` needs beside z: a tidy around the loss would have disposed of them by then. */
  saves?: Tensor[];
  loss(z: Tensor): Tensor;
  gradient(z: Tensor, dy: Tensor, saved: Tensor[]): Tensor;
}

/** Backends whose tensors JavaScript reads synchronously, so that one loop can stand for many ops. */
const HOST_BACKENDS = new Set(['cpu', 'wasm', 'tensorflow']);

export function onHostBackend(): boolean {
  return HOST_BACKENDS.has(tfc.getBackend());
}

/** Runs a pass as a differentiable op; the closed-form gradient replaces tfjs's tape. */
export function lossOp(pass: LossPass, z: Tensor): Tensor {
  const op = tfc.customGrad((...args: unknown[]) => {
    const [input, save] = args as [Tensor, (tensors: Tensor[]) => void];
    save([input, ...(pass.saves ?? [])]);
    return {
      value: pass.loss(input),
      gradFunc: (dy: Tensor, [z, ...saved]: Tensor[]) =>
        firstOrderOnly(() => pass.gradient(z, dy, saved), z, dy),
    };
  });
  return op(z);
}

// A gradient made of values read from memory looks like a constant to tfjs, and its derivative would come out as
// zero without a word; as an op of its own it can say so.
function firstOrderOnly(gradient: () => Tensor, z: Tensor, dy: Tensor): Tensor {
  const op = tfc.customGrad(() => ({
    value: gradient(),
    gradFunc: () => {
      throw new Error('Second-order gradients of this loss are not available: take the first only.');
    },
  }));
  return op(z, dy);
}
