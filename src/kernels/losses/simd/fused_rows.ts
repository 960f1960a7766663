import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../../../core/host_backend';
import type {LabelShape, Labels} from '../../../labels/labels';
import {runKernel} from '../../shared';
import {type RowFormula, rowOf} from '../formula';
import {FUSED_ROWS, TAIL_SIGMOID} from '../kernel_names';
import type {LossPass} from '../loss_op';
import type {FusedAttrs} from './fused_attrs';
import {simdPasses} from './passes';
import type {RowTable} from './row_table';

/**
 * A formula's pass by the SIMD module; null if the current backend or the engine has none.
 *
 * @param formula With `row` or `element`, for rows that the module leaves to JavaScript.
 * @param table The module's parameters; null if it can't compute the loss.
 */
export function fusedPass<P>(
  formula: Pick<RowFormula<P>, 'row' | 'element'>,
  {form, rows, classes, background, values}: Labels,
  p: P,
  table: RowTable | null,
): LossPass | null {
  const row = rowOf(formula);
  if (table == null || row == null || !onHostBackend()) return null;
  if (tfc.getKernel(FUSED_ROWS, tfc.getBackend()) == null || !simdPasses()?.hasSimd()) return null;
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
      const [losses, ...saved] = runKernel<Tensor[]>(FUSED_ROWS, {logits: z, labels: values}, attrs);
      return {losses, saved};
    },
    gradient: (dy, [saved], last) =>
      runKernel(TAIL_SIGMOID.gradient, {dy, saved}, {rows, classes: saved.shape[1], last}),
  };
}
