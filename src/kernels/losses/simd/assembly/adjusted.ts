import {classes, scale} from './call';
import {log1pOf, logOf, LN2} from './math';
import {NONE} from './labels';
import {multiply} from './scale';
import {at64, BELOW, column, parameter} from './table';
import {
  areInRange,
  exp64,
  halvings,
  HIGHEST,
  isPrecise,
  largestOf,
  plainTerms,
  sumOfRow,
  terms,
} from './terms';

// Columns: in float32 the weights e^{bias_j} and the scales, see `terms`; in float64 s_j, bias_j − s_j · margin_j and
// ε_j.
const WEIGHTS = 0;
const SCALES = 1;
const SCALE = 2;
const OFFSET = 3;
const SMOOTHING = 4;
// Numbers of a focal loss: γ and its weight. A weight of 0 means that the loss is not focal.
const GAMMA = 0;
const WEIGHT = 1;

/**
 * −Σ_j q_j log softmax(z')_j of a row and its gradient, or the focal loss of the same softmax.
 *
 * z'_j = s_j · (z_j − margin_j y_j) + bias_j, and the labels y are smoothed: q_j = (1 − ε) y_j + ε / C with the row's
 * own ε. NaN if the row has more than one class, or needs digits that float32 does not have.
 */
export function adjustedLoss(z: usize, out: usize, label: i32): f64 {
  if (label == NONE) {
    if (out) memory.fill(out, 0, <usize>classes << 2);
    return 0;
  }
  if (label < 0) return NaN;
  const smoothing = column(SMOOTHING);
  const mean = smoothing ? sumOfRow(z) / <f64>classes : 0;
  const at = <usize>label << 2;
  const logit = load<f32>(z + at);
  // Keep the label's term apart, so that a small loss, log(1 + others / own), keeps its digits.
  store<f32>(z + at, BELOW);
  const loss = lossBeside(z, out, label, <f64>logit, smoothing ? at64(smoothing, label) : 0, mean);
  store<f32>(z + at, logit);
  return loss;
}

function lossBeside(z: usize, out: usize, label: i32, logit: f64, epsilon: f64, mean: f64): f64 {
  const scales = column(SCALES);
  const s = scales ? at64(column(SCALE), label) : 1;
  const offset = column(OFFSET);
  let x = s * logit + (offset ? at64(offset, label) : 0);
  let own = exp64(x);
  let others = scales ? NaN : plainTerms(z, out, column(WEIGHTS), 0);
  if (!areInRange(others, own, scale)) {
    const most = largestOf(z, scales);
    if (!(abs(most) < HIGHEST)) return NaN;
    const m = halvings(most);
    x -= <f64>m * LN2;
    own = exp64(x);
    others = terms(z, out, scales, column(WEIGHTS), m);
    if (!isPrecise(others, own, scale)) return NaN;
  }
  const total = own + others;
  const rest = others / total;
  const surprise = others < own ? log1pOf(others / own) : logOf(total) - x;
  // (1 − p)^γ, and the factor by which it steepens the gradient.
  const weight = parameter(WEIGHT);
  const focus = weight != 0 ? weight * exp64(parameter(GAMMA) * logOf(rest)) : 1;
  const steepness = weight != 0 ? focus * (parameter(GAMMA) * (own / total) * (surprise / rest) + 1) : 1;
  if (out) {
    const spread = epsilon / <f64>classes;
    const factor = <f32>((steepness * <f64>scale) / total);
    if (scales) multiplyEach(out, scales, factor);
    else if (epsilon != 0) multiplyAndTake(out, factor, <f32>(spread * <f64>scale));
    else multiply(out, classes, factor);
    const slope = s * (epsilon - spread - rest * steepness);
    store<f32>(out + (<usize>label << 2), <f32>(slope * <f64>scale));
  }
  return focus * surprise + epsilon * (logit - mean);
}

// Multiplies each value of a row by `factor` and by the column's value.
function multiplyEach(values: usize, column: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = values + (<usize>classes << 2);
  for (; values + 16 <= end; values += 16, column += 16) {
    v128.store(values, f32x4.mul(v128.load(values), f32x4.mul(v128.load(column), factors)));
  }
  for (; values < end; values += 4, column += 4) {
    store<f32>(values, load<f32>(values) * (load<f32>(column) * factor));
  }
}

// Multiplies each value of a row by `factor` and subtracts `taken`.
function multiplyAndTake(values: usize, factor: f32, taken: f32): void {
  const end = values + (<usize>classes << 2);
  const factors = f32x4.splat(factor);
  const numbers = f32x4.splat(taken);
  for (; values + 16 <= end; values += 16) {
    v128.store(values, f32x4.sub(f32x4.mul(v128.load(values), factors), numbers));
  }
  for (; values < end; values += 4) store<f32>(values, load<f32>(values) * factor - taken);
}
