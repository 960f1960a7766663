import {onHostBackend} from '../../core/host_backend';
import {type RowFormula, rowOf} from '../../kernels/losses/formula';
import type {LossPass} from '../../kernels/losses/loss_op';
import {fusedPass} from '../../kernels/losses/simd/fused_rows';
import type {RowTable} from '../../kernels/losses/simd/row_table';
import type {Labels} from '../../labels/labels';
import {readWeights} from './label_weights';

/** A formula with `row` or `element`, and its table for the SIMD module. */
export interface WeightedBase<P> {
  formula: Pick<RowFormula<P>, 'row' | 'element'>;
  p: P;
  table: RowTable | null;
}

/** A loss of the SIMD module times the weight of each row, see `labelWeights`; null if there is no module. */
export function classWeightedPass<P>(
  {formula, p, table}: WeightedBase<P>,
  labels: Labels,
  weights: Float64Array,
): LossPass | null {
  const row = rowOf(formula);
  if (table == null || row == null || !onHostBackend()) return null;
  const weighted: Pick<RowFormula<Float64Array>, 'row'> = {
    row: (z, y, weights, slope) => {
      let mass = 0;
      let sum = 0;
      for (let j = 0; j < y.length; ++j) {
        sum += y[j] * weights[j];
        mass += y[j];
      }
      const weight = mass > 1 ? sum / mass : sum + 1 - mass;
      const loss = weight * row(z, y, p, slope);
      if (slope) for (let j = 0; j < slope.length; ++j) slope[j] *= weight;
      return loss;
    },
  };
  return fusedPass(weighted, labels, weights, {...table, rowWeights: readWeights(labels, weights)});
}
