import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';

/** One loss over logits `[rows, C]`. */
export interface LossPass {
  /**
   * The losses `[rows]` and, if `differentiable`, what `gradient` needs: the tape keeps it, as a tidy around the loss
   * would dispose of it.
   */
  forward(z: Tensor, differentiable: boolean): {losses: Tensor; saved: Tensor[]};
  /** dy_r · ∂loss_r/∂z `[rows, C]`. With `last`, nobody will ask again, and what was saved may be written over. */
  gradient(dy: Tensor, saved: Tensor[], last: boolean): Tensor;
}

/**
 * Runs a pass as a differentiable op; the closed-form gradient replaces tfjs's tape.
 *
 * @throws ValueError for predictions that are no real numbers.
 */
export function lossOp(pass: LossPass, predictions: Tensor): Tensor {
  const z = asFloats(predictions);
  // Outside any gradient there is no tape, and a loss may come without what its gradient needs.
  const differentiable = tfc.engine().state.gradientDepth > 0;
  const op = tfc.customGrad((...args: unknown[]) => {
    const [input, save] = args as [Tensor, (tensors: Tensor[]) => void];
    const {losses, saved} = pass.forward(input, differentiable);
    save(saved);
    return {
      value: losses,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        firstOrderOnly(
          // An inner gradient is on the outer one's tape, which may run through this op a second time.
          () => pass.gradient(dy, saved, tfc.engine().state.gradientDepth === 0),
          z,
          dy,
        ),
    };
  });
  return op(z);
}

/**
 * Predictions as float32: a pass reads memory as such, where integers would be tiny numbers.
 *
 * @throws ValueError for predictions that are no real numbers.
 */
export function asFloats(predictions: Tensor): Tensor {
  const {dtype} = predictions;
  if (dtype === 'float32') return predictions;
  if (dtype !== 'int32' && dtype !== 'bool') {
    reject('yPred', 'a tensor of dtype float32, int32 or bool', dtype);
  }
  return tfc.cast(predictions, 'float32');
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
