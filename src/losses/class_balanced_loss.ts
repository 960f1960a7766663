import type {serialization, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import {reject} from '../core/errors';
import {requireNumber} from '../core/require_number';
import {isCounted} from '../frequency';
import {perEffectiveNumber} from '../frequency/effective_number';
import {rowLosses} from '../kernels/losses/formula';
import {type LossPass, lossOp} from '../kernels/losses/loss_op';
import type {Labels} from '../labels/labels';
import {adjustedTable} from './base/adjusted_table';
import {classWeightedPass, type WeightedBase} from './base/class_weighted_pass';
import {focusingTable} from './base/element_tables';
import {FrequencyLoss, type FrequencyLossOptions} from './base/frequency_loss';
import {labelWeights} from './base/label_weights';
import {plainSoftmaxRow, requireClasses, softmaxRows} from './base/softmax_rows';
import {sigmoidFocal} from './focal_loss';
import {sigmoidRows} from './sigmoid_cross_entropy';

/** Options of a `ClassBalancedLoss`. `freqInfo` must hold image counts, not just frequencies. */
export interface ClassBalancedLossOptions extends FrequencyLossOptions {
  /** β in 0 … 1: 0 weights all classes equally, 1 by the inverse of their images. Default: 0.9999. */
  beta?: number;
  /** The loss to weight; `'focal'` is the sigmoid focal loss without α. Default: `'softmax'`. */
  base?: 'softmax' | 'sigmoid' | 'focal';
  /** γ ≥ 0 of the focal base. Default: 2. */
  gamma?: number;
}

/** (1 − β) / (1 − β^{n_j}), scaled to a mean of 1 over classes, `[C]`. */
export function classBalancedWeights(counts: Float64Array, beta: number): Float64Array {
  const weights = counts.map((count) => perEffectiveNumber(count, beta));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}

/**
 * Class-balanced loss by the effective number of samples (Cui et al., CVPR 2019, arXiv 1901.05555, eq. 2):
 *
 * ```math
 * \mathrm{loss}_r = w_y\,\mathrm{base}_r, \qquad w_j \propto \frac{1 - \beta}{1 - \beta^{n_j}}, \qquad \sum_j w_j = C
 * ```
 *
 * with n_j the number of images of class j. The base is softmax cross entropy, sigmoid cross entropy or the sigmoid
 * focal loss. A soft label weighs Σ_j y_j w_j, several positives their mean, background 1. A class without images is
 * treated as having one.
 *
 * Labels as in {@link RowLoss}; background rows are negatives of all classes (softmax does not accept them). Logits
 * `[batch, …, C]` (softmax: C ≥ 2), loss float32 `[batch]`, in nats.
 *
 * @example
 * ```ts
 * const counts = new ClassFrequency({imageCounts: [3, 1], numImages: 4});
 * const loss = new ClassBalancedLoss({freqInfo: counts, beta: 1}); // weights 1/3 and 1, scaled to 1/2 and 3/2
 * const perSample = loss(tf.tensor1d([0, 1], 'int32'), tf.zeros([2, 2]));
 * console.log(Array.from(perSample.dataSync(), (value) => value.toFixed(3))); // → [ '0.347', '1.040' ]
 * ```
 */
export class ClassBalancedLoss extends FrequencyLoss {
  /** Saved as `longtail>ClassBalancedLoss`. */
  static readonly className: string = 'ClassBalancedLoss';
  /** β. */
  readonly beta: number;
  /** The loss to weight. */
  readonly base: 'softmax' | 'sigmoid' | 'focal';
  /** γ of the focal base. */
  readonly gamma: number;

  /** @throws ValueError naming the option that is missing or out of range. */
  constructor(options: ClassBalancedLossOptions) {
    checkOptions('ClassBalancedLoss', options, ['freqInfo', 'beta', 'base', 'gamma', 'ignoreLabel']);
    const {freqInfo, beta = 0.9999, base = 'softmax', gamma = 2} = options;
    if (!isCounted(freqInfo)) {
      reject('freqInfo', 'a ClassFrequency or a ClassFrequencyCounter, which know image counts', freqInfo);
    }
    super(options);
    this.beta = requireNumber('beta', beta, 0, 1);
    if (base !== 'softmax' && base !== 'sigmoid' && base !== 'focal') {
      reject('base', "'softmax', 'sigmoid' or 'focal'", base);
    }
    this.base = base;
    this.gamma = requireNumber('gamma', gamma, 0);
  }

  protected override get background(): boolean {
    return this.base !== 'softmax';
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    const weights = this.fromCounts(labels.classes, (counts) => classBalancedWeights(counts, this.beta));
    if (this.base === 'softmax') requireClasses(labels);
    const fused = this.fusedPass(labels, weights);
    if (fused) return lossOp(fused, z) as Tensor1D;
    return tfc.mul(labelWeights(labels, weights), this.baseRows(z, labels));
  }

  // The sigmoid base is faster with its own kernel.
  private fusedPass(labels: Labels, weights: Float64Array): LossPass | null {
    const {base, gamma} = this;
    if (base === 'sigmoid') return null;
    if (base === 'softmax') {
      const softmax: WeightedBase<undefined> = {
        formula: {row: (z, y, _, slope) => plainSoftmaxRow(z, y, slope)},
        p: undefined,
        table: adjustedTable({}),
      };
      return classWeightedPass(softmax, labels, weights);
    }
    const table = focusingTable({gammaPositive: gamma, gammaNegative: gamma});
    return classWeightedPass({formula: sigmoidFocal, p: {gamma}, table}, labels, weights);
  }

  private baseRows(z: Tensor2D, labels: Labels): Tensor1D {
    if (this.base === 'softmax') return softmaxRows(z, labels);
    return this.base === 'sigmoid'
      ? sigmoidRows(z, labels)
      : rowLosses(sigmoidFocal, z, labels, {gamma: this.gamma});
  }

  /** Options as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    return {...super.getConfig(), beta: this.beta, base: this.base, gamma: this.gamma};
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    const {beta, base, gamma} = config;
    const freqInfo = FrequencyLoss.freqInfoFrom(config);
    return new cls({...FrequencyLoss.optionsFrom(config), freqInfo, beta, base, gamma});
  }
}
