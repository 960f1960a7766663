import {type HostLabels, labelAt} from '../../../labels/host_labels';
import {betaAt, type Suppression} from '../suppression';

/** Of one row: log w̃_k + z_k (−∞ for dropped classes), the largest of them, log Σ e^{term − largest}, and Σ y. */
interface RowTerms {
  terms: Float64Array;
  largest: number;
  logSum: number;
  mass: number;
}

// w̃_k = 1 − β · T_λ(f_k) · (1 − y_k), written so that the smallest y_k keeps its class. A dropped class leaves the
// softmax as log 0 = −∞, never as 0 · eᶻ, so that only a NaN logit of its own can make it NaN. The log-sum is relative
// to the largest remaining term and kept apart from it: added to a large logit it would lose its digits. The largest
// term itself is e⁰ = 1; adding the others to it would lose theirs, hence `log1p`.
function rowTerms(
  z: ArrayLike<number>,
  labels: HostLabels,
  {tail, beta}: Suppression,
  row: number,
  terms: Float64Array,
): RowTerms {
  const {classes} = labels;
  const start = row * classes;
  let largest = Number.NEGATIVE_INFINITY;
  let top = -1;
  let mass = 0;
  for (let k = 0; k < classes; ++k) {
    const y = labelAt(labels, row, k);
    const w = (1 - betaAt(beta, start + k) * tail[k]) * (1 - y) + y;
    terms[k] = w > 0 || Number.isNaN(z[start + k]) ? z[start + k] + Math.log(w) : Number.NEGATIVE_INFINITY;
    if (terms[k] > largest) {
      largest = terms[k];
      top = k;
    }
    mass += y;
  }
  let others = 0;
  for (let k = 0; k < classes; ++k) if (k !== top) others += Math.exp(terms[k] - largest);
  // Next to an infinite logit every share is NaN.
  const logSum = Math.abs(largest) === Number.POSITIVE_INFINITY ? Number.NaN : Math.log1p(others);
  return {terms, largest, logSum, mass};
}

/** Per-row −Σ_j y_j log p̃_j with p̃_j = e^{z_j} / Σ_k w̃_k e^{z_k} (eqs. 9–11), `[rows]`. */
export function softmaxLosses(
  z: ArrayLike<number>,
  labels: HostLabels,
  suppression: Suppression,
): Float32Array {
  const {rows, classes} = labels;
  const losses = new Float32Array(rows);
  const buffer = new Float64Array(classes);
  for (let row = 0; row < rows; ++row) {
    const {largest, logSum} = rowTerms(z, labels, suppression, row, buffer);
    let loss = 0;
    for (let j = 0; j < classes; ++j) {
      const y = labelAt(labels, row, j);
      if (y !== 0) loss += y * (largest - z[row * classes + j] + logSum);
    }
    losses[row] = loss;
  }
  return losses;
}

/** Σy · w̃_k e^{z_k} / Σ_i w̃_i e^{z_i} − y_k, `[rows, C]`. */
export function softmaxGradients(
  z: ArrayLike<number>,
  labels: HostLabels,
  suppression: Suppression,
): Float32Array {
  const {rows, classes} = labels;
  const gradients = new Float32Array(rows * classes);
  const buffer = new Float64Array(classes);
  for (let row = 0; row < rows; ++row) {
    const {terms, largest, logSum, mass} = rowTerms(z, labels, suppression, row, buffer);
    if (mass === 0) continue;
    for (let k = 0; k < classes; ++k) {
      const p = mass * Math.exp(terms[k] - largest - logSum);
      gradients[row * classes + k] = p - labelAt(labels, row, k);
    }
  }
  return gradients;
}
