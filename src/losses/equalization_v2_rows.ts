import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../core/host_backend';
import type {RowFormula} from '../kernels/losses/formula';
import {expOfNegative, logOnePlus} from '../kernels/losses/host/exp';
import {fusedPass} from '../kernels/losses/simd/fused_rows';
import type {Column, RowTable} from '../kernels/losses/simd/row_table';

/** Two numbers per class, `[C]`: for positives and for negatives. */
export interface Sides<T> {
  positive: T;
  negative: T;
}

/** Parameters of a batch's losses. */
export interface EqualizationV2Parameters {
  /** Weights: in memory, or tensors if `losses` is composed. */
  weights: Sides<Float64Array> | Sides<Tensor>;
  /** Receives the absolute weighted gradients, summed over rows, if the loss is computed in memory. */
  sums?: Sides<Float64Array>;
}

/**
 * Σ_j W_j · BCE(σ(z_j), y_j) with W_j = w⁺_j y_j + w⁻_j (1 − y_j). An extra logit after those of the classes is
 * background's, with weight 1.
 */
export const equalizationV2: RowFormula<EqualizationV2Parameters> = {
  name: 'EqualizationV2',
  losses: (z, y, {weights}) => {
    const {weight, target} = weighted(z, y, weights as Sides<Tensor>);
    return tfc.sum(tfc.mul(weight, tfc.sub(tfc.softplus(z), tfc.mul(z, target))), 1) as Tensor1D;
  },
  row: (z, y, {weights, sums}, slope) => {
    const {positive, negative} = weights as Sides<Float64Array>;
    let loss = 0;
    let foreground = 0;
    for (let j = 0; j < z.length; ++j) {
      const isClass = j < y.length;
      const target = isClass ? y[j] : 1 - Math.min(1, foreground);
      if (isClass) foreground += target;
      const weight = isClass ? positive[j] * target + negative[j] * (1 - target) : 1;
      const e = expOfNegative(Math.abs(z[j]));
      const near = 1 / (1 + e);
      const far = e * near;
      const hit = z[j] >= 0 ? near : far;
      const miss = z[j] >= 0 ? far : near;
      const tail = logOnePlus(e);
      if (target !== 0) loss += weight * target * (Math.max(-z[j], 0) + tail);
      if (target !== 1) loss += weight * (1 - target) * (Math.max(z[j], 0) + tail);
      // σ(z) − y, written so that it keeps its digits as σ(z) → y.
      const derivative = weight * ((1 - target) * hit - target * miss);
      if (slope) slope[j] = derivative;
      if (sums && isClass) {
        sums.positive[j] += target * Math.abs(derivative);
        sums.negative[j] += (1 - target) * Math.abs(derivative);
      }
    }
    return loss;
  },
  pass: (labels, p) => fusedPass(equalizationV2, labels, p, onHostBackend() ? tableOf(p) : null),
};

/** The SIMD module's table: weights of both sides, and the sums that it adds to. */
function tableOf({weights, sums}: EqualizationV2Parameters): RowTable {
  const {positive, negative} = weights as Sides<Float64Array>;
  const columns: (Column | null)[] = [
    {as: 'float32', values: negative},
    {as: 'float64', values: positive},
    sums ? {as: 'sums', values: sums.positive} : null,
    sums ? {as: 'sums', values: sums.negative} : null,
  ];
  return {formula: 'weighted', columns};
}

/**
 * The amounts that a batch adds to the sums, composed of tfjs ops: the counterpart of `sums`, and 1 for the batch,
 * `[1]`. All zero if a logit or label is NaN or infinite, or no row counts: such a batch leaves no trace.
 */
export function gradientSums(
  z: Tensor2D,
  y: Tensor2D,
  counted: Tensor | undefined,
  weights: Sides<Tensor>,
): Sides<Tensor1D> & {batches: Tensor1D} {
  const {weight, target} = weighted(z, y, weights);
  const sizes = tfc.mul(weight, tfc.abs(tfc.sub(tfc.sigmoid(z), target))) as Tensor2D;
  const ofClasses = tfc.slice(sizes, [0, 0], y.shape);
  const positive = tfc.sum(tfc.mul(ofClasses, y), 0) as Tensor1D;
  const negative = tfc.sum(tfc.mul(ofClasses, tfc.sub(1, y)), 0) as Tensor1D;
  const areFinite = tfc.all(tfc.isFinite(tfc.add(tfc.add(positive, negative), tfc.sum(z))));
  const leavesTrace = counted ? tfc.logicalAnd(areFinite, tfc.any(counted)) : areFinite;
  const orNothing = (moves: Tensor1D) => tfc.where(leavesTrace, moves, tfc.zerosLike(moves)) as Tensor1D;
  return {positive: orNothing(positive), negative: orNothing(negative), batches: orNothing(tfc.ones([1]))};
}

function weighted(z: Tensor2D, y: Tensor2D, {positive, negative}: Sides<Tensor>) {
  const classes = y.shape[1];
  const ofClasses = tfc.add(
    tfc.mul(y, tfc.reshape(positive, [1, classes])),
    tfc.mul(tfc.sub(1, y), tfc.reshape(negative, [1, classes])),
  );
  if (z.shape[1] === classes) return {weight: ofClasses, target: y};
  const background = tfc.sub(1, tfc.minimum(tfc.sum(y, 1, true), 1));
  return {
    weight: tfc.concat([ofClasses, tfc.onesLike(background)], 1),
    target: tfc.concat([y, background as Tensor2D], 1),
  };
}
