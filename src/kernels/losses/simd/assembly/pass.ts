import {begin} from './call';
import {areShares, BYTE, INDEX, labelOf} from './labels';
import {sigmoidLoss} from './sigmoid';
import {softmaxLoss} from './softmax';

/**
 * Computes the loss of each row by one of both families, and its gradient scaled by `scale`. `z` and `out` are `[rows,
 * classes]` in float32 and do not overlap; `out` is 0 if no gradient is wanted.
 *
 * @param losses `[rows]` in float32.
 * @param scratch SCRATCH_BYTES of memory.
 * @param first The place of the first element in the batch.
 * @returns Whether all labels are in 0 … 1. The pass stops at a row with others.
 */
export function pass(
  softmax: bool,
  z: usize,
  out: usize,
  labels: usize,
  kind: i32,
  stride: i32,
  kept: usize,
  soft: bool,
  losses: usize,
  rows: i32,
  classes: i32,
  scale: f32,
  scratch: usize,
  draws: bool,
  first: u32,
  key0: u32,
  key1: u32,
  threshold: u32,
): bool {
  const withBackground = kind != INDEX && stride > classes;
  begin(kind, kept, soft, withBackground, classes, scale, scratch, draws, key0, key1, threshold);
  const rowBytes = <usize>classes << 2;
  const labelBytes = <usize>stride * (kind == BYTE ? 1 : 4);
  for (let r = 0; r < rows; ++r) {
    const label = labelOf(labels);
    if (!areShares(labels, label)) return false;
    const loss = softmax ? softmaxLoss(z, out, labels, label, first) : sigmoidLoss(z, out, labels, label, first);
    store<f32>(losses + (<usize>r << 2), <f32>loss);
    labels += labelBytes;
    z += rowBytes;
    if (out) out += rowBytes;
    first += classes;
  }
  return true;
}
