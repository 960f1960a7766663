import type {Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {type RowFormula, rowLosses} from '../../kernels/losses/formula';
import {expOfNegative} from '../../kernels/losses/host/exp';
import {fusedPass} from '../../kernels/losses/simd/fused_rows';
import type {RowTable} from '../../kernels/losses/simd/row_table';
import {softmaxFamilyLoss} from '../../kernels/losses/softmax_family';
import {noSuppression} from '../../kernels/losses/suppression';
import type {Labels} from '../../labels/labels';
import {adjustedTable, type LogitAdjustment} from './adjusted_table';

/**
 * Softmax cross entropy of adjusted logits, −Σ_j y_j log softmax(z')_j, `[rows, C]` to `[rows]`: the pass common to
 * losses of the softmax type. A row of labels without mass has loss 0.
 *
 * @throws ValueError for a single class, whose softmax is always 1.
 */
export function softmaxRows(z: Tensor2D, labels: Labels, adjustment: LogitAdjustment = {}): Tensor1D {
  requireClasses(labels);
  if (adjustment.scale || adjustment.margin || adjustment.bias) {
    return rowLosses(adjustedSoftmax, z, labels, adjustment);
  }
  return softmaxFamilyLoss(z, labels, noSuppression(labels.classes)) as Tensor1D;
}

/** @throws ValueError for a single class. */
export function requireClasses({classes}: Labels): void {
  if (classes < 2) {
    reject(
      'yPred',
      'of at least two classes (a single logit needs a loss of the sigmoid type, such as EqualizationLoss, or two outputs)',
      classes,
    );
  }
}

const adjustedSoftmax: RowFormula<LogitAdjustment> = {
  name: 'AdjustedSoftmax',
  losses: (z, y, p) => {
    const shifted = p.margin ? tfc.sub(z, tfc.mul(y, rowOf(p.margin))) : z;
    const scaled = p.scale ? tfc.mul(shifted, rowOf(p.scale)) : shifted;
    const adjusted = p.bias ? tfc.add(scaled, rowOf(p.bias)) : scaled;
    return tfc.neg(tfc.sum(tfc.mul(y, tfc.logSoftmax(adjusted as Tensor2D)), 1)) as Tensor1D;
  },
  row: (z, y, {scale, margin, bias}, slope) => {
    for (let k = 0; k < z.length; ++k) {
      const shifted = margin ? z[k] - margin[k] * y[k] : z[k];
      z[k] = (scale ? scale[k] : 1) * shifted + (bias ? bias[k] : 0);
    }
    return softmaxRow(z, y, slope, scale);
  },
  pass: (labels, p) => fusedPass(adjustedSoftmax, labels, p, tableOf(p)),
};

// A loss passes the same adjustment as long as its counts stay the same.
const tables = new WeakMap<LogitAdjustment, RowTable | null>();

function tableOf(adjustment: LogitAdjustment): RowTable | null {
  if (!tables.has(adjustment)) tables.set(adjustment, adjustedTable(adjustment));
  return tables.get(adjustment) ?? null;
}

/**
 * −Σ_j y_j log softmax(z)_j of one row in float64; `slope` receives its derivative by z_k times `scale_k`.
 *
 * @param z Overwritten with e^{z_k − max}.
 */
export function softmaxRow(
  z: Float64Array,
  y: Float64Array,
  slope?: Float64Array | null,
  scale?: Float64Array,
): number {
  const top = largestAt(z);
  const largest = z[top];
  // The largest term is e⁰ = 1, next to which the others' digits would be lost: their sum is kept apart.
  let others = 0;
  let loss = 0;
  let mass = 0;
  for (let k = 0; k < y.length; ++k) {
    const below = largest - z[k];
    z[k] = expOfNegative(below);
    if (k !== top) others += z[k];
    if (y[k] !== 0) {
      loss += y[k] * below;
      mass += y[k];
    }
  }
  loss += mass * Math.log1p(others);
  if (slope) {
    const share = mass / (1 + others);
    for (let k = 0; k < y.length; ++k) slope[k] = (share * z[k] - y[k]) * (scale ? scale[k] : 1);
    slope[top] = (mass - y[top] - share * others) * (scale ? scale[top] : 1);
  }
  return loss;
}

/** The same as in the kernel of plain cross entropy: next to an infinite logit everything is NaN. */
export function plainSoftmaxRow(z: Float64Array, y: Float64Array, slope: Float64Array | null): number {
  if (!z.includes(Number.POSITIVE_INFINITY) || y.every((share) => share === 0))
    return softmaxRow(z, y, slope);
  slope?.fill(Number.NaN);
  return Number.NaN;
}

/** The index of the largest value; 0 if there is none, as in a row of NaN. */
function largestAt(values: Float64Array): number {
  let top = 0;
  for (let k = 1; k < values.length; ++k) if (values[k] > values[top]) top = k;
  return top;
}

/** A tensor that broadcasts against `[rows, C]`. */
function rowOf(values: Float64Array): Tensor2D {
  return tfc.tensor2d(Float32Array.from(values), [1, values.length]);
}
