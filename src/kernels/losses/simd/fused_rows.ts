import type {NamedAttrMap, Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../../../core/host_backend';
import {copyRow, type HostLabels} from '../../../labels/host_labels';
import type {LabelShape, Labels} from '../../../labels/labels';
import {type RowFormula, rowOf} from '../formula';
import {FUSED_ROWS, TAIL_SIGMOID} from '../kernel_names';
import type {LossPass} from '../loss_op';
import {hasSimd} from './module';
import type {RowTable} from './row_table';

/** What the kernel of fused rows is called with, next to its inputs. */
export interface FusedAttrs {
  table: RowTable;
  /** The loss of one row in float64, for rows that the module leaves. */
  row(z: Float64Array, y: Float64Array, slope: Float64Array | null): number;
  labels: LabelShape;
  width: number;
  differentiable: boolean;
}

/**
 * A formula's pass by the SIMD module; null where the current backend or the engine has none.
 *
 * @param formula With `row` or `element`, for rows that the module leaves.
 * @param table What the module is told; null where it can't do it.
 */
export function fusedPass<P>(
  formula: Pick<RowFormula<P>, 'row' | 'element'>,
  {form, rows, classes, background, values}: Labels,
  p: P,
  table: RowTable | null,
): LossPass | null {
  const row = rowOf(formula);
  if (table == null || row == null || !onHostBackend()) return null;
  if (tfc.getKernel(FUSED_ROWS, tfc.getBackend()) == null || !hasSimd()) return null;
  const run = (kernel: string, inputs: Record<string, Tensor>, attrs: object) =>
    tfc.engine().runKernel(kernel, inputs, attrs as unknown as NamedAttrMap);
  return {
    forward: (z, differentiable) => {
      const labels: LabelShape = {form, rows, classes, background};
      const attrs: FusedAttrs = {
        table,
        row: (z, y, slope) => row(z, y, p, slope),
        labels,
        width: z.shape[1] as number,
        differentiable,
      };
      const [losses, ...saved] = run(FUSED_ROWS, {logits: z, labels: values}, attrs) as Tensor[];
      return {losses, saved};
    },
    gradient: (dy, [saved], last) =>
      run(TAIL_SIGMOID.gradient, {dy, saved}, {rows, classes: saved.shape[1], last}) as Tensor,
  };
}

/**
 * Computes the rows that the module left, whose losses are NaN, in float64.
 *
 * @throws ValueError for labels with columns that hold values outside 0 … 1.
 */
export function redoRows(
  {row, width}: FusedAttrs,
  z: Float32Array,
  labels: HostLabels,
  scale: number,
  losses: Float32Array,
  out?: Float32Array,
): void {
  const logits = new Float64Array(width);
  const y = new Float64Array(labels.classes);
  const slope = out ? new Float64Array(width) : null;
  for (let r = 0; r < losses.length; ++r) {
    if (!Number.isNaN(losses[r])) continue;
    const at = r * width;
    for (let k = 0; k < width; ++k) logits[k] = z[at + k];
    copyRow(labels, r, y);
    losses[r] = row(logits, y, slope);
    if (out && slope) for (let k = 0; k < width; ++k) out[at + k] = slope[k] * scale;
  }
}
