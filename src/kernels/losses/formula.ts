import type {Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {onHostBackend} from '../../core/host_backend';
import {copyRow, hostLabels, type LabelValues} from '../../labels/host_labels';
import {denseLabels, type Labels} from '../../labels/labels';
import {elementPass, elementRow, type LossElement} from './element';
import {type LossPass, lossOp} from './loss_op';
import {foldedUpstream, upstreamFactors} from './upstream';

/**
 * The mathematics of a loss over rows, without labels, shapes and reduction. Only `losses` is required.
 *
 * `P` is what the loss depends on besides logits and labels, such as class weights.
 */
export interface RowFormula<P> {
  /** The loss's name, for messages. */
  readonly name: string;
  /**
   * The losses `[rows]`, composed of tfjs ops.
   *
   * @param z float32 logits `[rows, width]`; `width` is C, or more if the loss takes logits that belong to no class.
   * @param y float32 labels `[rows, C]` in 0 … 1; background rows are all zero.
   * @param labels The labels that `y` was made from; they know background's column.
   */
  losses(z: Tensor2D, y: Tensor2D, p: P, labels: Labels): Tensor1D;
  /** ∂loss_r/∂z `[rows, width]`. Without it, the tape differentiates `losses`. */
  gradient?(z: Tensor2D, y: Tensor2D, p: P, labels: Labels): Tensor2D;
  /**
   * The loss of one row in float64, for backends whose memory JavaScript reads (cpu, wasm, tfjs-node): one pass instead
   * of many ops, exact to float32's last digits, and integer labels stay integers.
   *
   * @param z Logits `[width]`, a scratch copy that may be overwritten.
   * @param y Labels `[C]`.
   * @param slope Receives ∂loss/∂z `[width]`; null if no gradient is needed.
   */
  row?(z: Float64Array, y: Float64Array, p: P, slope: Float64Array | null): number;
  /**
   * The terms of a loss that is a sum over classes: one pass on every backend. Replaces `row` where JavaScript reads
   * the memory, and takes at most three dispatches for loss and gradient on WebGL 2 and WebGPU. z has width C.
   */
  element?: LossElement<P>;
  /** A fused pass of the current backend for these labels; null if there is none. */
  pass?(labels: Labels, p: P): LossPass | null;
}

/**
 * Computes the losses `[rows]` of a formula on the current backend. They are differentiable with respect to `z`, to
 * first order only if the formula has `row` or `gradient`.
 *
 * @param z float32 `[rows, width]`.
 * @throws ValueError for anything but a formula, a tensor of rank 2 and labels; for integer labels out of range and
 *   other labels outside 0 … 1 on backends whose memory JavaScript reads (NaN on others).
 */
export function rowLosses<P>(formula: RowFormula<P>, z: Tensor2D, labels: Labels, p: P): Tensor1D {
  if (typeof formula?.losses !== 'function') reject('formula', 'an object with a function `losses`', formula);
  if (!(z instanceof tfc.Tensor && z.rank === 2)) reject('z', 'a tensor of shape [rows, width]', z);
  if (typeof labels?.form !== 'string') reject('labels', 'labels as RowLoss reads them', labels);
  const pass = formula.pass?.(labels, p) ?? passOf(formula, labels, p);
  return pass ? (lossOp(pass, z) as Tensor1D) : formula.losses(z, denseLabels(labels), p, labels);
}

/** The formula's pass for the current backend; null if the tape has to differentiate `losses`. */
function passOf<P>(formula: RowFormula<P>, labels: Labels, p: P): LossPass | null {
  const {losses, gradient, element} = formula;
  const row = onHostBackend() ? rowOf(formula) : undefined;
  if (row) return hostPass(row, labels, p);
  const shaders = element && elementPass(element, labels, p);
  if (shaders) return shaders;
  return gradient ? composedPass({losses, gradient}, labels, p) : null;
}

/** The loss of one row in float64: `row`, or the sum of the elements; undefined if the formula has neither. */
export function rowOf<P>({row, element}: Pick<RowFormula<P>, 'row' | 'element'>): RowFormula<P>['row'] {
  return row ?? (element && elementRow(element));
}

/** Turns a formula's `losses` and `gradient` into one op. */
export function composedPass<P>(
  {losses, gradient}: Required<Pick<RowFormula<P>, 'losses' | 'gradient'>>,
  labels: Labels,
  p: P,
): LossPass {
  return {
    forward: (z, differentiable) => ({
      losses: losses(z as Tensor2D, denseLabels(labels), p, labels),
      saved: differentiable ? [z, labels.values] : [],
    }),
    gradient: (dy, [z, values]) => {
      // Read only what was saved: a tidy around the loss may have disposed of the labels' own tensor.
      const kept = {...labels, values};
      return tfc.mul(tfc.expandDims(dy, 1), gradient(z as Tensor2D, denseLabels(kept), p, kept));
    },
  };
}

function hostPass<P>(row: NonNullable<RowFormula<P>['row']>, labels: Labels, p: P): LossPass {
  return {
    forward: (z, differentiable) => {
      const [rows, width] = z.shape;
      const read = hostLabels(labels, labels.values.dataSync() as LabelValues);
      const values = z.dataSync<'float32'>();
      const folded = foldedUpstream(rows);
      const losses = new Float32Array(rows);
      const slopes = differentiable ? new Float32Array(rows * width) : null;
      const logits = new Float64Array(width);
      const y = new Float64Array(labels.classes);
      const slope = slopes ? new Float64Array(width) : null;
      for (let r = 0, at = 0; r < rows; ++r, at += width) {
        for (let k = 0; k < width; ++k) logits[k] = values[at + k];
        copyRow(read, r, y);
        losses[r] = row(logits, y, p, slope);
        if (slopes && slope) for (let k = 0; k < width; ++k) slopes[at + k] = slope[k] * folded;
      }
      const saved = slopes ? [tfc.tensor2d(slopes, [rows, width])] : [];
      return {losses: tfc.tensor1d(losses), saved};
    },
    gradient: (dy, [saved]) => {
      const factors = upstreamFactors(dy.dataSync<'float32'>());
      if (factors == null) return tfc.clone(saved);
      const [rows, width] = saved.shape;
      const slopes = saved.dataSync<'float32'>();
      const scaled = new Float32Array(slopes.length);
      for (let r = 0, at = 0; r < rows; ++r) {
        for (const end = at + width; at < end; ++at) scaled[at] = slopes[at] * factors[r];
      }
      return tfc.tensor2d(scaled, [rows, width]);
    },
  };
}
