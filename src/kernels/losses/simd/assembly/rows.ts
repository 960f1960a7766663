import {adjustedLoss} from './adjusted';
import {begin, classes, rescale, scale} from './call';
import {beginElements, elementLoss, WEIGHTED} from './element_rows';
import {endSums} from './gradient_sums';
import {areShares, BYTE, INDEX, labelOf, NONE} from './labels';
import {positive, slope} from './positives';
import {seesawLoss} from './seesaw';
import {column, open} from './table';

const ADJUSTED: i32 = 0;
const SEESAW: i32 = 1;
/** The column of row weights, the same for every formula. */
const ROW_WEIGHTS = 7;

/**
 * Computes the loss of each row by a formula, and its gradient scaled by `scale`. `z` and `out` are `[rows, width]` in
 * float32, where `width` is C plus up to two logits of background or objectness. They do not overlap; `out` is 0 if no
 * gradient is wanted.
 *
 * @param losses `[rows]` in float32; NaN for rows left to JavaScript, such as those with soft labels.
 * @param table The formula's parameters, see ./table.ts.
 * @param spare Memory of three rows, each in whole vectors and one more.
 * @param first The place of the first row in the batch.
 */
export function rows(
  family: i32,
  z: usize,
  out: usize,
  width: i32,
  labels: usize,
  kind: i32,
  stride: i32,
  losses: usize,
  rows: i32,
  classes_: i32,
  scale_: f32,
  table: usize,
  scratch: usize,
  spare: usize,
  first: i32,
): void {
  begin(kind, 0, false, kind != INDEX && stride > classes_, classes_, scale_, scratch, false, 0, 0, 0);
  open(table, spare);
  beginElements(family);
  const weights = column(ROW_WEIGHTS) + (<usize>first << 2);
  const isWeighted = column(ROW_WEIGHTS) != 0;
  const rowBytes = <usize>width << 2;
  const labelBytes = <usize>stride * (kind == BYTE ? 1 : 4);
  for (let r = 0; r < rows; ++r) {
    const label = labelOf(labels);
    const weight = isWeighted ? load<f32>(weights + (<usize>r << 2)) : 1;
    rescale(scale_ * weight);
    let loss: f64 = NaN;
    if (areShares(labels, label)) {
      // Leave a row that is not finite before anything has been added to sums.
      const extra = width > classes ? lossOfExtra(z, out, width - classes, label != NONE) : 0;
      if (extra < Infinity) loss = extra + lossOf(family, z, out, labels, label);
    }
    store<f32>(losses + (<usize>r << 2), <f32>(loss * <f64>weight));
    labels += labelBytes;
    z += rowBytes;
    if (out) out += rowBytes;
  }
  endSums();
}

function lossOf(family: i32, z: usize, out: usize, row: usize, label: i32): f64 {
  if (family >= WEIGHTED) return elementLoss(family, z, out, row, label);
  return family == SEESAW ? seesawLoss(z, out, label) : adjustedLoss(z, out, label);
}

// Cross entropy of the logits after those of the classes: background, or foreground and background.
function lossOfExtra(z: usize, out: usize, extra: i32, foreground: bool): f64 {
  const at = <usize>classes << 2;
  const first = <f64>load<f32>(z + at);
  const x = extra == 1 ? -first : first - <f64>load<f32>(z + at + 4);
  // Next to an infinite logit a softmax is NaN.
  if (extra == 2 && !(abs(x) < Infinity)) return NaN;
  const loss = positive(foreground ? x : -x, 0, 1);
  if (out) {
    const towards = <f32>((foreground ? slope : -slope) * <f64>scale);
    store<f32>(out + at, extra == 1 ? -towards : towards);
    if (extra == 2) store<f32>(out + at + 4, -towards);
  }
  return loss;
}
