import type {NamedTensorMap, Optimizer} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {NamedTensor} from '@tensorflow/tfjs-core/dist/tensor_types';
import {adamStep} from './adam';
import {momentumStep, sgdStep} from './momentum';
import {isPlain, rmsPropStep} from './rms_prop';
import {fusable, type Gradient} from './variables';

// Marks our methods. The symbol is global, as this module may be loaded twice: as CommonJS and as ESM.
const FUSED = Symbol.for('tfjs-longtail/fused-update');

type Apply = (this: Optimizer, gradients: NamedTensorMap | NamedTensor[]) => void;

/**
 * Lets tfjs's Adam, SGD (with or without momentum) and RMSProp (unless `centered`) update a variable by the current
 * backend's kernel, if it has one, instead of about ten ops. The optimizers' variables, their names and their order
 * stay the same.
 */
export function fuseOptimizers(): void {
  fuse(tfc.AdamOptimizer, adamStep);
  fuse(tfc.SGDOptimizer, sgdStep);
  fuse(tfc.MomentumOptimizer, momentumStep);
  fuse(tfc.RMSPropOptimizer, rmsPropStep, isPlain);
}

function fuse<O extends Optimizer>(
  {prototype}: {prototype: O},
  step: (optimizer: O, gradients: Gradient[]) => void,
  suits: (optimizer: O) => boolean = () => true,
): void {
  const original = prototype.applyGradients as Apply & {[FUSED]?: true};
  if (original[FUSED]) return;
  const apply: Apply = function (gradients) {
    const pairs = suits(this as O) ? fusable(gradients) : null;
    if (pairs) step(this as O, pairs);
    else original.call(this, gradients);
  };
  prototype.applyGradients = Object.assign(apply, {[FUSED]: true as const});
}
