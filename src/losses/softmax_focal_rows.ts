import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {RowFormula} from '../kernels/losses/formula';
import {expOfNegative} from '../kernels/losses/host/exp';
import {fusedPass} from '../kernels/losses/simd/fused_rows';
import {softmaxFocalTable} from './base/element_tables';
import {power} from './base/power';

/** γ ≥ 0, and α if given. */
export interface FocalParameters {
  gamma: number;
  alpha?: number;
}

/** −α Σ_j y_j (1 − p_j)^γ log p_j with p = softmax(z); α is 1 without `alpha`. */
export const softmaxFocal: RowFormula<FocalParameters> = {
  name: 'SoftmaxFocal',
  losses: (z, y, {gamma, alpha = 1}) => {
    const log = tfc.logSoftmax(z);
    return tfc.mul(-alpha, tfc.sum(tfc.mul(tfc.mul(y, restTo(log, gamma)), log), 1)) as Tensor1D;
  },
  gradient: (z, y, {gamma, alpha = 1}) => {
    const log = tfc.logSoftmax(z);
    const p = tfc.exp(log);
    // p · f'(p) of f(p) = −(1 − p)^γ log p; log p / (1 − p) → −1 as p → 1.
    const rest = tfc.maximum(tfc.neg(tfc.expm1(log)), 1e-30);
    const inner = tfc.sub(tfc.mul(tfc.mul(gamma, p), tfc.maximum(tfc.div(log, rest), -1e30)), 1);
    const own = tfc.mul(y, tfc.mul(restTo(log, gamma), inner));
    return tfc.mul(alpha, tfc.sub(own, tfc.mul(p, tfc.sum(own, 1, true)))) as Tensor2D;
  },
  row: (z, y, {gamma, alpha = 1}, slope) => {
    const classes = y.length;
    let top = 0;
    for (let k = 1; k < classes; ++k) if (z[k] > z[top]) top = k;
    const largest = z[top];
    let others = 0;
    for (let k = 0; k < classes; ++k) if (k !== top) others += expOfNegative(largest - z[k]);
    const total = 1 + others;
    const logTotal = Math.log1p(others);
    const restOf = (k: number, p: number) => (k === top ? others / total : 1 - p);
    let loss = 0;
    let steepness = 0;
    for (let k = 0; k < classes; ++k) {
      const p = expOfNegative(largest - z[k]) / total;
      if (slope) slope[k] = 0;
      if (y[k] !== 0) {
        const rest = restOf(k, p);
        const surprise = largest - z[k] + logTotal;
        const weight = alpha * y[k] * power(rest, gamma);
        loss += weight * surprise;
        const perRest = gamma === 0 ? 0 : gamma * p * (rest > 0 ? surprise / rest : 1);
        if (slope) slope[k] = -weight * (perRest + 1);
        steepness -= weight * (perRest + 1);
      }
      z[k] = p;
    }
    if (slope) {
      const own = slope[top];
      for (let k = 0; k < classes; ++k) slope[k] -= z[k] * steepness;
      // p near 1 would cancel, but its distance from 1 is known.
      slope[top] = own - steepness + restOf(top, 1) * steepness;
    }
    return Number.isNaN(total) ? Number.NaN : loss;
  },
  pass: (labels, p) => fusedPass(softmaxFocal, labels, p, softmaxFocalTable(p)),
};

/** (1 − p)^γ from log p. */
function restTo(log: Tensor, gamma: number): Tensor {
  return tfc.pow(tfc.neg(tfc.expm1(log)), gamma);
}
