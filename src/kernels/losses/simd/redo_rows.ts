import {copyRow, type HostLabels} from '../../../labels/host_labels';
import type {FusedAttrs} from './fused_attrs';

/**
 * Recomputes in float64 the rows that the module left, whose losses are NaN.
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
