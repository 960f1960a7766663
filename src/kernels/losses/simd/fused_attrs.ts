import type {LabelShape} from '../../../labels/labels';
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
