import {backgroundShare, type HostLabels, labelAt} from '../../../labels/host_labels';
import {betaAt, type Suppression} from '../suppression';

/** Maps a predicted value and a label to the unweighted loss or its derivative. */
type ElementFn = (z: number, y: number) => number;

/** log(1 + eˣ) without overflow; exact where eˣ vanishes. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

export function sigmoid(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}

// y·softplus(−z) + (1−y)·softplus(z), the cross entropy of σ(z): no cancellation at either end. A term with factor 0 is
// left out, so that an infinite logit on the right side costs 0 rather than NaN.
function logitLoss(z: number, y: number): number {
  if (y === 0) return softplus(z);
  if (y === 1) return softplus(-z);
  return y * softplus(-z) + (1 - y) * softplus(z);
}

// σ(z) − y, written so that it keeps its digits where σ(z) → y.
function logitGradient(z: number, y: number): number {
  if (y === 0) return sigmoid(z);
  if (y === 1) return -sigmoid(-z);
  return (1 - y) * sigmoid(z) - y * sigmoid(-z);
}

// Bounds as in PyTorch's binary_cross_entropy: log ≥ −100, and p(1−p) ≥ 1e-12 in the gradient's denominator.
function probabilityLoss(p: number, y: number): number {
  const positive = y === 0 ? 0 : -y * Math.max(Math.log(p), -100);
  return y === 1 ? positive : positive - (1 - y) * Math.max(Math.log1p(-p), -100);
}

function probabilityGradient(p: number, y: number): number {
  return (p - y) / Math.max(p * (1 - p), 1e-12);
}

/** Loss and derivative of one element, from logits or from probabilities. */
export function elementFns(fromLogits: boolean): {loss: ElementFn; gradient: ElementFn} {
  return fromLogits
    ? {loss: logitLoss, gradient: logitGradient}
    : {loss: probabilityLoss, gradient: probabilityGradient};
}

/**
 * Calls `visit` for every element with w = 1 − E(r) · β · T_λ(f_j) · (1 − y) ≠ 0, computed so that the smallest y and 1
 * − E(r) keep their digits. A prediction with w = 0 costs 0 even if infinite, but a NaN passes on as 0 · NaN, so that
 * the failure shows.
 */
function forEachWeighted(
  z: ArrayLike<number>,
  labels: HostLabels,
  {tail, beta}: Suppression,
  visit: (row: number, at: number, y: number, w: number) => void,
): void {
  const {rows, classes} = labels;
  for (let row = 0; row < rows; ++row) {
    const background = backgroundShare(labels, row);
    const foreground = 1 - background;
    for (let j = 0, at = row * classes; j < classes; ++j, ++at) {
      const y = labelAt(labels, row, j);
      const spared = foreground > 0 ? betaAt(beta, at) * tail[j] : 0;
      const w = background + foreground * (1 - spared + spared * y);
      if (w !== 0 || Number.isNaN(z[at])) visit(row, at, y, w);
    }
  }
}

/** Per-row sums Σ_j w_j · BCE, `[rows]`, accumulated in float64. */
export function sigmoidLosses(
  z: ArrayLike<number>,
  labels: HostLabels,
  suppression: Suppression,
  element: ElementFn,
): Float32Array {
  const sums = new Float64Array(labels.rows);
  forEachWeighted(z, labels, suppression, (row, at, y, w) => {
    sums[row] += w * element(z[at], y);
  });
  return Float32Array.from(sums);
}

/** w_j · ∂BCE/∂z, `[rows, C]`. */
export function sigmoidGradients(
  z: ArrayLike<number>,
  labels: HostLabels,
  suppression: Suppression,
  element: ElementFn,
): Float32Array {
  const gradients = new Float32Array(labels.rows * labels.classes);
  forEachWeighted(z, labels, suppression, (_row, at, y, w) => {
    gradients[at] = w * element(z[at], y);
  });
  return gradients;
}
