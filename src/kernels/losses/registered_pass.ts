import type {NamedTensorMap, Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../../core/host_backend';
import type {LabelForm} from '../../labels/label_form';
import type {Labels} from '../../labels/labels';
import {runKernel} from '../shared';
import type {LossKernels} from './kernel_names';
import type {LossPass} from './loss_op';
import type {Suppression} from './suppression';

/** What every loss kernel knows about the labels. */
export interface LabelAttrs {
  form: LabelForm;
  rows: number;
  classes: number;
  /** Whether an integer label may be C, background. */
  background: boolean;
}

/** Attributes of the kernels of losses that are sums over classes. */
export interface ElementAttrs extends LabelAttrs {
  glsl: string;
  wgsl: string;
  scalars: Record<string, number>;
}

/** Attributes of both families' kernels. */
export interface LossAttrs extends Suppression, LabelAttrs {
  /** Whether the sigmoid family's predictions are logits or probabilities. */
  fromLogits: boolean;
}

/** Whether the current backend has the kernels. */
export function hasKernels({forward}: LossKernels): boolean {
  return tfc.getKernel(forward, tfc.getBackend()) != null;
}

/** Computes a loss of one of the families by the current backend's kernels. */
export function registeredPass(
  kernels: LossKernels,
  labels: Labels,
  suppression: Suppression,
  fromLogits = true,
): LossPass {
  return kernelPass(kernels, labels, {...suppression, fromLogits});
}

/** Computes a loss by the current backend's kernels; their attributes are `own` and those of the labels. */
export function kernelPass(kernels: LossKernels, labels: Labels, own: object): LossPass {
  const {form, rows, classes, background} = labels;
  const attrs = {...own, form, rows, classes, background};
  const run = <T extends Tensor | Tensor[]>(kernel: string, inputs: NamedTensorMap, more: object): T =>
    runKernel(kernel, inputs, {...attrs, ...more});
  return {
    forward: (z, differentiable) => {
      const inputs = {logits: z, labels: labels.values};
      const [losses, saved] = run<Tensor[]>(kernels.forward, inputs, {differentiable});
      if (saved == null) return {losses, saved: []};
      // On host backends `saved` is the gradient up to the factor dy; GPUs compute it from z.
      return {losses, saved: onHostBackend() ? [saved] : [saved, z, labels.values]};
    },
    gradient: (dy, [saved, z, values], last) => {
      const inputs: NamedTensorMap = z == null ? {dy, saved} : {dy, saved, logits: z, labels: values};
      return run<Tensor>(kernels.gradient, inputs, {last});
    },
  };
}
