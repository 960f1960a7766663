import type {serialization, Tensor, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import {reject} from '../core/errors';
import {requireNumber} from '../core/require_number';
import {type RowFormula, rowLosses} from '../kernels/losses/formula';
import {expOfNegative, logOnePlus} from '../kernels/losses/host/exp';
import {fusedPass} from '../kernels/losses/simd/fused_rows';
import type {Labels} from '../labels/labels';
import {focusingTable} from './base/element_tables';
import {power} from './base/power';
import {RowLoss, type RowLossOptions} from './base/row_loss';
import {requireClasses} from './base/softmax_rows';
import {type FocalParameters, softmaxFocal} from './softmax_focal_rows';

/** Options of a `FocalLoss`. */
export interface FocalLossOptions extends RowLossOptions {
  /** γ ≥ 0: how strongly well-classified samples are down-weighted; 0 is plain cross entropy. Default: 2. */
  gamma?: number;
  /**
   * α in 0 … 1. Sigmoid: the weight of positives; negatives weigh 1 − α (eq. 5). Softmax: the weight of all terms, as
   * in Keras's CategoricalFocalCrossentropy. Default: every term weighs 1 (eq. 4).
   */
  alpha?: number;
  /** Whether the classes of a sample are mutually exclusive (`'softmax'`) or not (`'sigmoid'`, the default). */
  activation?: 'sigmoid' | 'softmax';
}

/** Σ_j y_j · α(1 − p_j)^γ · −log p_j + (1 − y_j) · (1 − α)p_j^γ · −log(1 − p_j) with p = σ(z); α and 1 − α are 1 without `alpha`. */
export const sigmoidFocal: RowFormula<FocalParameters> = {
  name: 'SigmoidFocal',
  losses: (z, y, p) => {
    const {positive, negative} = sides(p);
    const hit = tfc.mul(tfc.pow(tfc.sigmoid(tfc.neg(z)), p.gamma), tfc.softplus(tfc.neg(z)));
    const miss = tfc.mul(tfc.pow(tfc.sigmoid(z), p.gamma), tfc.softplus(z));
    return tfc.sum(mixed(y, tfc.mul(positive, hit), tfc.mul(negative, miss)), 1) as Tensor1D;
  },
  gradient: (z, y, p) => {
    const {positive, negative} = sides(p);
    const hit = slopeOfMiss(tfc.neg(z), p.gamma);
    return mixed(y, tfc.mul(-positive, hit), tfc.mul(negative, slopeOfMiss(z, p.gamma))) as Tensor2D;
  },
  element: {
    js: (z, y, {gamma, alpha}, out) => {
      const e = expOfNegative(Math.abs(z));
      const near = 1 / (1 + e);
      const far = e * near;
      const p = z >= 0 ? near : far;
      const q = z >= 0 ? far : near;
      const rest = logOnePlus(e);
      out[0] = 0;
      out[1] = 0;
      if (y !== 0) {
        const weight = y * (alpha ?? 1) * power(q, gamma);
        const surprise = Math.max(-z, 0) + rest;
        out[0] += weight * surprise;
        out[1] -= weight * (gamma * p * surprise + q);
      }
      if (y !== 1) {
        const weight = (1 - y) * (1 - (alpha ?? 0)) * power(p, gamma);
        const surprise = Math.max(z, 0) + rest;
        out[0] += weight * surprise;
        out[1] += weight * (gamma * q * surprise + p);
      }
    },
    scalars: (p) => ({gamma: p.gamma, ...sides(p)}),
    glsl: `
      vec2 element(float z, float y) {
        float e = expNegAbs(z);
        float near = 1.0 / (1.0 + e);
        float p = z >= 0.0 ? near : e * near;
        float q = z >= 0.0 ? e * near : near;
        float hit = max(-z, 0.0) + log1p(e);
        float miss = max(z, 0.0) + log1p(e);
        vec2 result = vec2(0.0);
        if (y != 0.0) result += y * positive * power(q, gamma) * vec2(hit, -gamma * p * hit - q);
        if (y != 1.0) result += (1.0 - y) * negative * power(p, gamma) * vec2(miss, gamma * q * miss + p);
        return result;
      }
    `,
    wgsl: `
      fn element(z : f32, y : f32) -> vec2<f32> {
        let gamma = uniforms.gamma;
        let e = expNegAbs(z);
        let near = 1.0 / (1.0 + e);
        let p = select(e * near, near, z >= 0.0);
        let q = select(near, e * near, z >= 0.0);
        let hit = max(-z, 0.0) + log1p(e);
        let miss = max(z, 0.0) + log1p(e);
        var result = vec2<f32>(0.0);
        if (y != 0.0) {
          result += y * uniforms.positive * power(q, gamma) * vec2<f32>(hit, -gamma * p * hit - q);
        }
        if (y != 1.0) {
          result += (1.0 - y) * uniforms.negative * power(p, gamma) * vec2<f32>(miss, gamma * q * miss + p);
        }
        return result;
      }
    `,
  },
  pass: (labels, p) =>
    fusedPass(
      sigmoidFocal,
      labels,
      p,
      focusingTable({gammaPositive: p.gamma, gammaNegative: p.gamma, ...sides(p)}),
    ),
};

/** The weights of positives and negatives. */
function sides({alpha}: FocalParameters): {positive: number; negative: number} {
  return {positive: alpha ?? 1, negative: 1 - (alpha ?? 0)};
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

/**
 * Focal loss (Lin et al., ICCV 2017, arXiv 1708.02002, eqs. 4 and 5). With p = σ(z), and without the factors α and 1 −
 * α if no `alpha` is given:
 *
 * ```math
 * \mathrm{loss}_r = \sum_j -y_j\,\alpha\,(1 - p_j)^\gamma \log p_j - (1 - y_j)(1 - \alpha)\,p_j^\gamma \log(1 - p_j)
 * ```
 *
 * a sum over classes, never divided by C. With `activation: 'softmax'`, p = softmax(z) and
 * loss_r = −α Σ_j y_j (1 − p_j)^γ log p_j. Soft labels mix the terms.
 *
 * Labels as in {@link RowLoss}; background rows are negatives of all classes (softmax does not accept them). Logits
 * `[batch, …, C]` (softmax: C ≥ 2), loss float32 `[batch]`, in nats.
 *
 * @example
 * ```ts
 * const loss = new FocalLoss({gamma: 2, alpha: 0.25});
 * const perSample = loss(tf.tensor2d([[1, 0]]), tf.zeros([1, 2])); // ¼·¼·ln 2 + ¾·¼·ln 2
 * console.log(perSample.dataSync()[0].toFixed(4)); // → 0.1733
 * ```
 */
export class FocalLoss extends RowLoss {
  /** Saved as `longtail>FocalLoss`. */
  static readonly className: string = 'FocalLoss';
  /** γ. */
  readonly gamma: number;
  /** α, if given. */
  readonly alpha: number | undefined;
  /** Sigmoid or softmax. */
  readonly activation: 'sigmoid' | 'softmax';

  /** @throws ValueError naming the option that is out of range. */
  constructor(options: FocalLossOptions = {}) {
    checkOptions('FocalLoss', options, ['gamma', 'alpha', 'activation', 'ignoreLabel']);
    super(options);
    const {gamma = 2, alpha, activation = 'sigmoid'} = options;
    this.gamma = requireNumber('gamma', gamma, 0);
    this.alpha = alpha === undefined ? undefined : requireNumber('alpha', alpha, 0, 1);
    if (activation !== 'sigmoid' && activation !== 'softmax') {
      reject('activation', "'sigmoid' or 'softmax'", activation);
    }
    this.activation = activation;
  }

  protected override get background(): boolean {
    return this.activation === 'sigmoid';
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    if (this.activation === 'softmax') requireClasses(labels);
    return rowLosses(this.activation === 'softmax' ? softmaxFocal : sigmoidFocal, z, labels, this);
  }

  /** Options as plain JSON. */
  getConfig(): serialization.ConfigDict {
    return {...this.rowConfig(), gamma: this.gamma, alpha: this.alpha ?? null, activation: this.activation};
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    const {gamma, alpha, activation} = config;
    return new cls({...RowLoss.optionsFrom(config), gamma, alpha: alpha ?? undefined, activation});
  }
}
