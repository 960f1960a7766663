import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';

/** A loss over logits `[rows, C]`. */
export interface LossPass {
  /**
   * The losses `[rows]` and, if `differentiable`, what `gradient` needs. The tape keeps the latter, which a tidy around
   * the loss would otherwise dispose of.
   */
  forward(
    z: Tensor,
    differentiable: boolean,
  ): {
    /** `[rows]`. */
    losses: Tensor;
    /** What `gradient` needs. */
    saved: Tensor[];
  };
  /** dy_r · ∂loss_r/∂z `[rows, C]`. If `last`, `saved` is not used again and may be overwritten. */
  gradient(dy: Tensor, saved: Tensor[], last: boolean): Tensor;
}

/**
 * Runs a pass as a differentiable op; the closed-form gradient replaces tfjs's tape.
 *
 * @throws ValueError for predictions that are not real numbers.
 */
export function lossOp(pass: LossPass, predictions: Tensor): Tensor {
  const z = asFloats(predictions);
  // Without a gradient being taken there is no tape, and nothing to save.
  const differentiable = tfc.engine().state.gradientDepth > 0;
  const op = tfc.customGrad((...args: unknown[]) => {
    const [input, save] = args as [Tensor, (tensors: Tensor[]) => void];
    const {losses, saved} = pass.forward(input, differentiable);
    save(saved);
    return {
      value: losses,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        firstOrderOnly(
          // The tape of an outer gradient may run through this op a second time.
          () => pass.gradient(dy, saved, tfc.engine().state.gradientDepth === 0),
          z,
          dy,
        ),
    };
  });
  return op(z);
}

/**
 * Casts predictions to float32, as passes read raw memory, where the bits of an integer are a tiny float.
 *
 * @throws ValueError for predictions that are not real numbers.
 */
export function asFloats(predictions: Tensor): Tensor {
  const {dtype} = predictions;
  if (dtype === 'float32') return predictions;
  if (dtype !== 'int32' && dtype !== 'bool') {
    reject('yPred', 'a tensor of dtype float32, int32 or bool', dtype);
  }
  return tfc.cast(predictions, 'float32');
}

// tfjs takes a gradient computed from values in memory for a constant, whose derivative would silently be 0. As an op,
// it can throw.
function firstOrderOnly(gradient: () => Tensor, z: Tensor, dy: Tensor): Tensor {
  const op = tfc.customGrad(() => ({
    value: gradient(),
    gradFunc: () => {
      throw new Error('Second-order gradients of this loss are not available: take the first only.');
    },
  }));
  return op(z, dy);
}
