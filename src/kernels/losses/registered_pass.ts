import type {NamedAttrMap, NamedTensorMap, Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../../core/host_backend';
import type {LabelForm} from '../../labels/label_form';
import type {Labels} from '../../labels/labels';
import type {LossKernels} from './kernel_names';
import type {LossPass} from './loss_op';
import type {Suppression} from './suppression';

/** What the kernels of both families are called with, next to their inputs. */
export interface LossAttrs extends Suppression {
  form: LabelForm;
  rows: number;
  classes: number;
  /** Whether an integer label may be C, background. */
  background: boolean;
  /** Whether the sigmoid family's predictions are logits or probabilities. */
  fromLogits: boolean;
}

/** Whether the current backend has the kernels. */
export function hasKernels({forward}: LossKernels): boolean {
  return tfc.getKernel(forward, tfc.getBackend()) != null;
}

/** A loss by the current backend's own kernels. */
export function registeredPass(
  kernels: LossKernels,
  labels: Labels,
  suppression: Suppression,
  fromLogits = true,
): LossPass {
  const {form, rows, classes, background} = labels;
  const attrs: LossAttrs = {...suppression, form, rows, classes, background, fromLogits};
  const run = (kernel: string, inputs: NamedTensorMap, more: object) =>
    tfc.engine().runKernel(kernel, inputs, {...attrs, ...more} as unknown as NamedAttrMap);
  return {
    forward: (z, differentiable) => {
      const inputs = {logits: z, labels: labels.values};
      const [losses, saved] = run(kernels.forward, inputs, {differentiable}) as unknown as Tensor[];
      if (saved == null) return {losses, saved: []};
      // Where JavaScript reads memory, the gradient is there already, but for dy; on a GPU it is computed from z.
      return {losses, saved: onHostBackend() ? [saved] : [saved, z, labels.values]};
    },
    gradient: (dy, [saved, z, values], last) => {
      const inputs: NamedTensorMap = z == null ? {dy, saved} : {dy, saved, logits: z, labels: values};
      return run(kernels.gradient, inputs, {last}) as unknown as Tensor;
    },
  };
}
