import {onHostBackend} from '../../core/host_backend';
import type {LossPass} from '../../kernels/losses/loss_op';
import {fusedPass, type HostFormula} from '../../kernels/losses/simd/fused_rows';
import type {RowTable} from '../../kernels/losses/simd/row_table';
import type {Labels} from '../../labels/labels';
import {readWeights} from './label_weights';

/** A formula's rows, and what the SIMD module is told of it. */
export interface WeightedBase {
  row(z: Float64Array, y: Float64Array, slope: Float64Array | null): number;
  table: RowTable | null;
}

/** A loss of the SIMD module times the weight of each row, see `labelWeights`; null where there is no such module. */
export function classWeightedPass(
  {row, table}: WeightedBase,
  labels: Labels,
  weights: Float64Array,
): LossPass | null {
  if (table == null || !onHostBackend()) return null;
  const weighted: Pick<HostFormula<Float64Array>, 'row'> = {
    row: (z, y, weights, slope) => {
      let mass = 0;
      let sum = 0;
      for (let j = 0; j < y.length; ++j) {
        sum += y[j] * weights[j];
        mass += y[j];
      }
      const weight = mass > 1 ? sum / mass : sum + 1 - mass;
      const loss = weight * row(z, y, slope);
      if (slope) for (let j = 0; j < slope.length; ++j) slope[j] *= weight;
      return loss;
    },
  };
  return fusedPass(weighted, labels, weights, {...table, rowWeights: readWeights(labels, weights)});
}
