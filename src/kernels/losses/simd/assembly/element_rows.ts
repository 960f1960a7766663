import {classes, scale} from './call';
import {addNegatives, addTo, beginSums} from './gradient_sums';
import {positives4, SOFT} from './labels';
import {focalNegatives, weightedNegatives} from './negatives';
import {positive, slope} from './positives';
import {beginShifted, shiftedNegatives} from './shifted_negatives';
import {at64, BELOW, column, parameter, spare, spareRow} from './table';

/** Σ_j w⁺_j y_j softplus(−z_j) + w⁻_j (1 − y_j) softplus(z_j). */
export const WEIGHTED: i32 = 2;
/** Focusing factors (1 − p)^γ₊ of positives and p^γ₋ of negatives, each with a weight. */
export const FOCAL: i32 = 3;
/** The same, with u = max(p − m, 0) in place of p for negatives. */
export const SHIFTED: i32 = 4;

// Columns of WEIGHTED: float32 weights of negatives; float64 weights of positives, and the accumulated gradient sizes.
const NEGATIVE_WEIGHTS = 0;
const POSITIVE_WEIGHTS = 1;
const POSITIVE_SUMS = 2;
const NEGATIVE_SUMS = 3;
// Numbers of FOCAL and SHIFTED: γ₋, γ₊, weights of negatives and positives, and m.
const NEGATIVE_GAMMA = 0;
const POSITIVE_GAMMA = 1;
const NEGATIVE_WEIGHT = 2;
const POSITIVE_WEIGHT = 3;
const CLIP = 4;

/** Prepares the rows of a call. */
export function beginElements(family: i32): void {
  if (family == SHIFTED) beginShifted(parameter(NEGATIVE_GAMMA), parameter(CLIP));
  beginSums();
}

/**
 * Computes a loss that is a sum over classes, and its gradient, for a row of labels that are 0 or 1. NaN for other
 * labels, or if the loss is not finite. Temporarily overwrites the logits of the row's classes.
 */
export function elementLoss(family: i32, z: usize, out: usize, row: usize, label: i32): f64 {
  if (label == SOFT) return NaN;
  const sums = family == WEIGHTED ? column(NEGATIVE_SUMS) : 0;
  const slopes = out || !sums ? out : spareRow(1);
  setAside(z, row, label);
  const negatives = negativesOf(family, z, slopes);
  const loss = negatives + takeBack(family, z, slopes, row, label);
  if (!(loss < Infinity)) return NaN;
  if (sums) {
    addNegatives(slopes, sums);
    addPositives(slopes, column(POSITIVE_SUMS), row, label);
  }
  return loss;
}

function negativesOf(family: i32, z: usize, out: usize): f64 {
  if (family == WEIGHTED) return weightedNegatives(z, out, column(NEGATIVE_WEIGHTS));
  const gamma = <f32>parameter(NEGATIVE_GAMMA);
  if (family == FOCAL) return focalNegatives(z, out, gamma, <f32>parameter(NEGATIVE_WEIGHT));
  return shiftedNegatives(z, out, gamma);
}

// The next of the row's classes after `j` (−1 to start); −1 if there are no more.
function nextPositive(row: usize, label: i32, j: i32): i32 {
  if (label >= -1) return j < 0 ? label : -1;
  ++j;
  for (let from = j & ~3; from < classes; from += 4) {
    let bits = positives4(row, from);
    if (from < j) bits &= -1 << (j - from);
    if (bits) return from + ctz(bits);
  }
  return -1;
}

// Saves the logits of the row's classes, and replaces them with one that costs nothing as a negative.
function setAside(z: usize, row: usize, label: i32): void {
  let to = spare;
  for (let j = nextPositive(row, label, -1); j >= 0; j = nextPositive(row, label, j), to += 4) {
    const at = z + (<usize>j << 2);
    store<f32>(to, load<f32>(at));
    store<f32>(at, BELOW);
  }
}

// Restores them, and sums their losses as positives.
function takeBack(family: i32, z: usize, out: usize, row: usize, label: i32): f64 {
  const weights = family == WEIGHTED ? column(POSITIVE_WEIGHTS) : 0;
  const gamma = weights ? 0 : parameter(POSITIVE_GAMMA);
  let sum: f64 = 0;
  let kept = spare;
  for (let j = nextPositive(row, label, -1); j >= 0; j = nextPositive(row, label, j), kept += 4) {
    const at = <usize>j << 2;
    const logit = load<f32>(kept);
    store<f32>(z + at, logit);
    sum += positive(<f64>logit, gamma, weights ? at64(weights, j) : parameter(POSITIVE_WEIGHT));
    if (out) store<f32>(out + at, <f32>(slope * <f64>scale));
  }
  return sum;
}

// Adds the absolute values of a row's gradient of positives, which is below 0.
function addPositives(slopes: usize, sums: usize, row: usize, label: i32): void {
  for (let j = nextPositive(row, label, -1); j >= 0; j = nextPositive(row, label, j)) {
    addTo(sums, j, <f64>load<f32>(slopes + (<usize>j << 2)) / -<f64>scale);
  }
}
