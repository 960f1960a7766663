import type {LabelShape} from '../../../labels/labels';
import type {RowTable} from './row_table';

/** Attributes of the kernel for fused rows. */
export interface FusedAttrs {
  table: RowTable;
  /** Computes the loss of one row in float64, for rows that the module leaves to JavaScript. */
  row(z: Float64Array, y: Float64Array, slope: Float64Array | null): number;
  labels: LabelShape;
  width: number;
  differentiable: boolean;
}
