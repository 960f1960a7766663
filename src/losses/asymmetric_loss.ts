import type {serialization, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import {requireNumber} from '../core/require_number';
import {type RowFormula, rowLosses} from '../kernels/losses/formula';
import {expOfNegative, logOnePlus} from '../kernels/losses/host/exp';
import {fusedPass} from '../kernels/losses/simd/fused_rows';
import type {Labels} from '../labels/labels';
import {focusingTable} from './base/element_tables';
import {power} from './base/power';
import {RowLoss, type RowLossOptions} from './base/row_loss';

/** Options of an `AsymmetricLoss`. */
export interface AsymmetricLossOptions extends RowLossOptions {
  /** γ₊ ≥ 0: focusing of positives. Default: 0. */
  gammaPositive?: number;
  /** γ₋ ≥ 0: focusing of negatives. Default: 4. */
  gammaNegative?: number;
  /** m in 0 … 1, below 1: a negative with a probability up to m costs nothing. Default: 0.05. */
  clip?: number;
}

type Parameters = Required<Omit<AsymmetricLossOptions, keyof RowLossOptions>>;

/** Σ_j −y_j (1 − p_j)^γ₊ log p_j − (1 − y_j) u_j^γ₋ log(1 − u_j) with p = σ(z), u = max(p − m, 0). */
const asymmetric: RowFormula<Parameters> = {
  name: 'Asymmetric',
  losses: (z, y, {gammaPositive, gammaNegative, clip}) => {
    const p = tfc.sigmoid(z);
    const rest = tfc.sigmoid(tfc.neg(z));
    const hit = tfc.mul(tfc.pow(rest, gammaPositive), tfc.softplus(tfc.neg(z)));
    const shifted = tfc.relu(tfc.sub(p, clip));
    const surprise = clip === 0 ? tfc.softplus(z) : tfc.neg(tfc.log(tfc.minimum(tfc.add(rest, clip), 1)));
    const miss = tfc.mul(tfc.pow(shifted, gammaNegative), surprise);
    return tfc.sum(tfc.add(tfc.mul(y, hit), tfc.mul(tfc.sub(1, y), miss)), 1) as Tensor1D;
  },
  gradient: (z, y, {gammaPositive, gammaNegative, clip}) => {
    const p = tfc.sigmoid(z);
    const rest = tfc.sigmoid(tfc.neg(z));
    const inner = tfc.add(tfc.mul(tfc.mul(gammaPositive, p), tfc.softplus(tfc.neg(z))), rest);
    const hit = tfc.neg(tfc.mul(tfc.pow(rest, gammaPositive), inner));
    // p (1 − p) u^γ (γ · −log(1 − u) / u + 1 / (1 − u)), where u > 0.
    const shifted = tfc.maximum(tfc.sub(p, clip), 1e-30);
    const complement = tfc.add(rest, clip);
    const surprise = clip === 0 ? tfc.softplus(z) : tfc.neg(tfc.log(tfc.minimum(complement, 1)));
    // Without a clip, (1 − p) / (1 − u) = 1; divided, it would be 0 / 0 where 1 − p vanishes.
    const ratio = clip === 0 ? tfc.onesLike(rest) : tfc.div(rest, complement);
    const focusing = tfc.mul(tfc.mul(gammaNegative, rest), tfc.div(surprise, shifted));
    const slope = tfc.mul(tfc.mul(p, tfc.pow(shifted, gammaNegative)), tfc.add(focusing, ratio));
    const miss = tfc.where(tfc.greater(p, clip), slope, tfc.zerosLike(slope));
    return tfc.add(tfc.mul(y, hit), tfc.mul(tfc.sub(1, y), miss)) as Tensor2D;
  },
  element: {
    js: (z, y, {gammaPositive, gammaNegative, clip}, out) => {
      const e = expOfNegative(Math.abs(z));
      const near = 1 / (1 + e);
      const far = e * near;
      const p = z >= 0 ? near : far;
      const q = z >= 0 ? far : near;
      out[0] = 0;
      out[1] = 0;
      if (y !== 0) {
        const surprise = Math.max(-z, 0) + logOnePlus(e);
        const weight = y * power(q, gammaPositive);
        out[0] += weight * surprise;
        out[1] -= weight * (gammaPositive * p * surprise + q);
      }
      // Let NaN logits through, so that they show.
      if (y !== 1 && !(p <= clip)) {
        const shifted = p - clip;
        const surprise = clip === 0 ? Math.max(z, 0) + logOnePlus(e) : -Math.log(q + clip);
        const weight = (1 - y) * power(shifted, gammaNegative);
        out[0] += weight * surprise;
        const ratio = clip === 0 ? 1 : q / (q + clip);
        out[1] += weight * p * ((gammaNegative * q * surprise) / shifted + ratio);
      }
    },
    scalars: ({gammaPositive, gammaNegative, clip}) => ({gammaPositive, gammaNegative, margin: clip}),
    glsl: `
      vec2 element(float z, float y) {
        float e = expNegAbs(z);
        float near = 1.0 / (1.0 + e);
        float p = z >= 0.0 ? near : e * near;
        float q = z >= 0.0 ? e * near : near;
        vec2 result = vec2(0.0);
        if (y != 0.0) {
          float surprise = max(-z, 0.0) + log1p(e);
          result += y * power(q, gammaPositive) * vec2(surprise, -gammaPositive * p * surprise - q);
        }
        float shifted = p - margin;
        if (y != 1.0 && shifted > 0.0) {
          float surprise = margin == 0.0 ? max(z, 0.0) + log1p(e)
            : shifted < 0.5 ? -log1p(-shifted) : -log(q + margin);
          float ratio = margin == 0.0 ? 1.0 : q / (q + margin);
          float slope = p * (gammaNegative * q * surprise / shifted + ratio);
          result += (1.0 - y) * power(shifted, gammaNegative) * vec2(surprise, slope);
        }
        return result;
      }
    `,
    wgsl: `
      fn element(z : f32, y : f32) -> vec2<f32> {
        let positive = uniforms.gammaPositive;
        let negative = uniforms.gammaNegative;
        let margin = uniforms.margin;
        let e = expNegAbs(z);
        let near = 1.0 / (1.0 + e);
        let p = select(e * near, near, z >= 0.0);
        let q = select(near, e * near, z >= 0.0);
        var result = vec2<f32>(0.0);
        if (y != 0.0) {
          let surprise = max(-z, 0.0) + log1p(e);
          result += y * power(q, positive) * vec2<f32>(surprise, -positive * p * surprise - q);
        }
        let shifted = p - margin;
        if (y != 1.0 && shifted > 0.0) {
          var surprise = max(z, 0.0) + log1p(e);
          var ratio = 1.0;
          if (margin != 0.0) {
            if (shifted < 0.5) { surprise = -log1p(-shifted); } else { surprise = -log(q + margin); }
            ratio = q / (q + margin);
          }
          let slope = p * (negative * q * surprise / shifted + ratio);
          result += (1.0 - y) * power(shifted, negative) * vec2<f32>(surprise, slope);
        }
        return result;
      }
    `,
  },
  pass: (labels, p) => fusedPass(asymmetric, labels, p, focusingTable(p)),
};

/**
 * Asymmetric loss for images with several labels (Ridnik et al., ICCV 2021, arXiv 2009.14119, eqs. 5–7). With p = σ(z)
 * and u = max(p − m, 0):
 *
 * ```math
 * \mathrm{loss}_r = \sum_j -y_j (1 - p_j)^{\gamma_+} \log p_j - (1 - y_j)\,u_j^{\gamma_-} \log(1 - u_j)
 * ```
 *
 * a sum over classes: easy negatives, which are the majority, cost next to nothing. The gradient is that of the whole
 * formula (the authors' code can omit the focusing factors from it), and log p is not clamped at p = 10⁻⁸ as there.
 *
 * Labels as in {@link RowLoss}; background rows are negatives of all classes. Logits `[batch, …, C]`, loss float32
 * `[batch]`, in nats.
 *
 * @example
 * ```ts
 * const loss = new AsymmetricLoss({gammaPositive: 0, gammaNegative: 1, clip: 0.1});
 * const perSample = loss(tf.tensor2d([[1, 0]]), tf.zeros([1, 2])); // ln 2 − 0.4 · ln 0.6
 * console.log(perSample.dataSync()[0].toFixed(3)); // → 0.897
 * ```
 */
export class AsymmetricLoss extends RowLoss {
  /** Saved as `longtail>AsymmetricLoss`. */
  static readonly className: string = 'AsymmetricLoss';
  /** γ₊. */
  readonly gammaPositive: number;
  /** γ₋. */
  readonly gammaNegative: number;
  /** m. */
  readonly clip: number;

  /** @throws ValueError naming the option that is out of range. */
  constructor(options: AsymmetricLossOptions = {}) {
    checkOptions('AsymmetricLoss', options, ['gammaPositive', 'gammaNegative', 'clip', 'ignoreLabel']);
    super(options);
    const {gammaPositive = 0, gammaNegative = 4, clip = 0.05} = options;
    this.gammaPositive = requireNumber('gammaPositive', gammaPositive, 0);
    this.gammaNegative = requireNumber('gammaNegative', gammaNegative, 0);
    this.clip = requireNumber('clip', clip, 0, 0.999);
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    return rowLosses(asymmetric, z, labels, this);
  }

  /** Options as plain JSON. */
  getConfig(): serialization.ConfigDict {
    const {gammaPositive, gammaNegative, clip} = this;
    return {...this.rowConfig(), gamma_positive: gammaPositive, gamma_negative: gammaNegative, clip};
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    const {gamma_positive: gammaPositive, gamma_negative: gammaNegative, clip} = config;
    return new cls({...RowLoss.optionsFrom(config), gammaPositive, gammaNegative, clip});
  }
}
