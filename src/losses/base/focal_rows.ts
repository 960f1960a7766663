import type {Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {expOfNegative, logOnePlus} from '../../kernels/losses/host/exp';
import {fusedPass, type HostFormula} from '../../kernels/losses/simd/fused_rows';
import {focusingTable, softmaxFocalTable} from './element_tables';
import {power} from './power';

/** γ ≥ 0, and α of positives where it was given. */
export interface FocalParameters {
  gamma: number;
  alpha?: number;
}

/** Σ_j y_j · α(1 − p_j)^γ · −log p_j + (1 − y_j) · (1 − α)p_j^γ · −log(1 − p_j) with p = σ(z); α and 1 − α are 1 without `alpha`. */
export const sigmoidFocal: HostFormula<FocalParameters> = {
  name: 'SigmoidFocal',
  losses: (z, y, p) => {
    const [positive, negative] = weights(p);
    const hit = tfc.mul(tfc.pow(tfc.sigmoid(tfc.neg(z)), p.gamma), tfc.softplus(tfc.neg(z)));
    const miss = tfc.mul(tfc.pow(tfc.sigmoid(z), p.gamma), tfc.softplus(z));
    return tfc.sum(mixed(y, tfc.mul(positive, hit), tfc.mul(negative, miss)), 1) as Tensor1D;
  },
  gradient: (z, y, p) => {
    const [positive, negative] = weights(p);
    const hit = slopeOfMiss(tfc.neg(z), p.gamma);
    return mixed(y, tfc.mul(-positive, hit), tfc.mul(negative, slopeOfMiss(z, p.gamma))) as Tensor2D;
  },
  row: (z, y, p, slope) => {
    const {gamma} = p;
    const [positive, negative] = weights(p);
    let sum = 0;
    for (let j = 0; j < z.length; ++j) {
      const e = expOfNegative(Math.abs(z[j]));
      const near = 1 / (1 + e);
      const far = e * near;
      const hit = z[j] >= 0 ? near : far;
      const miss = z[j] >= 0 ? far : near;
      const tail = logOnePlus(e);
      let loss = 0;
      let derivative = 0;
      if (y[j] !== 0) {
        // −log σ(z) and its factor (1 − σ(z))^γ.
        const weight = y[j] * positive * power(miss, gamma);
        const surprise = Math.max(-z[j], 0) + tail;
        loss += weight * surprise;
        derivative -= weight * (gamma * hit * surprise + miss);
      }
      if (y[j] !== 1) {
        const weight = (1 - y[j]) * negative * power(hit, gamma);
        const surprise = Math.max(z[j], 0) + tail;
        loss += weight * surprise;
        derivative += weight * (gamma * miss * surprise + hit);
      }
      sum += loss;
      if (slope) slope[j] = derivative;
    }
    return sum;
  },
  pass: (labels, p) => fusedPass(sigmoidFocal, labels, p, focalTable(p)),
};

/** −α Σ_j y_j (1 − p_j)^γ log p_j with p = softmax(z); α is 1 without `alpha`. */
export const softmaxFocal: HostFormula<FocalParameters> = {
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
      // p near 1 would cancel: its distance from 1 is known.
      slope[top] = own - steepness + restOf(top, 1) * steepness;
    }
    return Number.isNaN(total) ? Number.NaN : loss;
  },
  pass: (labels, p) => fusedPass(softmaxFocal, labels, p, softmaxFocalTable(p)),
};

/** What the SIMD module is told of the sigmoids' focal loss. */
export function focalTable(p: FocalParameters) {
  const [positive, negative] = weights(p);
  return focusingTable({gammaPositive: p.gamma, gammaNegative: p.gamma, positive, negative});
}

function weights({alpha}: FocalParameters): [number, number] {
  return alpha === undefined ? [1, 1] : [alpha, 1 - alpha];
}

/** y · positive + (1 − y) · negative. */
function mixed(y: Tensor, positive: Tensor, negative: Tensor): Tensor {
  return tfc.add(tfc.mul(y, positive), tfc.mul(tfc.sub(1, y), negative));
}

/** d/dz of σ(z)^γ · softplus(z): σ^γ (γ(1 − σ) softplus + σ). */
function slopeOfMiss(z: Tensor, gamma: number): Tensor {
  const p = tfc.sigmoid(z);
  const inner = tfc.add(tfc.mul(tfc.mul(gamma, tfc.sigmoid(tfc.neg(z))), tfc.softplus(z)), p);
  return tfc.mul(tfc.pow(p, gamma), inner);
}

/** (1 − p)^γ from log p. */
function restTo(log: Tensor, gamma: number): Tensor {
  return tfc.pow(tfc.neg(tfc.expm1(log)), gamma);
}
