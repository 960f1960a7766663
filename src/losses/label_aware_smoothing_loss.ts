import type {serialization, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import {reject} from '../core/errors';
import {requireNumber} from '../core/require_number';
import {type RowFormula, rowLosses} from '../kernels/losses/formula';
import {fusedPass} from '../kernels/losses/simd/fused_rows';
import type {Labels} from '../labels/labels';
import {adjustedTable} from './base/adjusted_table';
import {FrequencyLoss, type FrequencyLossOptions} from './base/frequency_loss';
import {requireClasses, softmaxRow} from './base/softmax_rows';

/** The curve of ε from the least to the most frequent class. */
export type SmoothingShape = 'concave' | 'linear' | 'convex';

/** Options of a `LabelAwareSmoothingLoss`. */
export interface LabelAwareSmoothingLossOptions extends FrequencyLossOptions {
  /** ε of the most frequent class, in 0 … 1. */
  smoothHead: number;
  /** ε of the least frequent class, in 0 … 1. */
  smoothTail: number;
  /** Default: `'concave'`, the paper's best. */
  shape?: SmoothingShape;
}

const SHAPES: Record<SmoothingShape, (x: number) => number> = {
  concave: (x) => Math.sin((x * Math.PI) / 2),
  linear: (x) => x,
  convex: (x) => 1 - Math.cos((x * Math.PI) / 2),
};

/** ε_j, `[C]`. If all classes are equally frequent, all count as the least frequent. */
export function smoothingFactors(
  counts: Float64Array,
  {smoothHead, smoothTail, shape}: {smoothHead: number; smoothTail: number; shape: SmoothingShape},
): Float64Array {
  const most = counts.reduce((most, count) => Math.max(most, count));
  const least = counts.reduce((least, count) => Math.min(least, count));
  const curve = SHAPES[shape];
  return counts.map((count) => {
    const x = most === least ? 0 : (count - least) / (most - least);
    return smoothTail + (smoothHead - smoothTail) * curve(x);
  });
}

/** −Σ_k q_k log softmax(z)_k with q_k = (1 − ε_k) y_k + Σ_j ε_j y_j / C. */
const smoothed: RowFormula<Float64Array> = {
  name: 'LabelAwareSmoothing',
  losses: (z, y, epsilon) => {
    const share = tfc.mul(y, tfc.tensor2d(Float32Array.from(epsilon), [1, epsilon.length]));
    const q = tfc.add(tfc.sub(y, share), tfc.div(tfc.sum(share, 1, true), epsilon.length));
    return tfc.neg(tfc.sum(tfc.mul(q, tfc.logSoftmax(z)), 1)) as Tensor1D;
  },
  row: (z, y, epsilon, slope) => {
    let spread = 0;
    for (let j = 0; j < y.length; ++j) spread += epsilon[j] * y[j];
    for (let j = 0; j < y.length; ++j) y[j] = (1 - epsilon[j]) * y[j] + spread / y.length;
    return softmaxRow(z, y, slope);
  },
  pass: (labels, epsilon) => fusedPass(smoothed, labels, epsilon, adjustedTable({}, epsilon)),
};

/**
 * Label-aware smoothing (Zhong et al., CVPR 2021, arXiv 2104.00466, eqs. 5–8): label smoothing of head classes, whose
 * confidence is too high.
 *
 * ```math
 * \mathrm{loss}_r = -(1 - \varepsilon_y) \log p_y - \frac{\varepsilon_y}{C} \sum_k \log p_k, \qquad p = \mathrm{softmax}(z)
 * ```
 *
 * with ε_y from `smoothTail` for the least to `smoothHead` for the most frequent class; with x = (N_y − min N) / (max N
 * − min N) it follows sin(xπ/2) (`'concave'`), x (`'linear'`) or 1 − cos(xπ/2) (`'convex'`). The share ε is spread over
 * all C classes, as in the authors' code. Made for the second stage of training, on a classifier over frozen features.
 *
 * Labels as in {@link RowLoss}, without background. Logits `[batch, …, C]`, C ≥ 2, loss float32 `[batch]`, in nats. A
 * class without images is treated as having one.
 *
 * @example
 * ```ts
 * const loss = new LabelAwareSmoothingLoss({freqInfo: [0.9, 0.1], smoothHead: 0.5, smoothTail: 0});
 * const perSample = loss(tf.tensor1d([0, 1], 'int32'), tf.tensor2d([[4, 0], [0, 4]])); // the head class is smoothed
 * console.log(Array.from(perSample.dataSync(), (value) => value.toFixed(3))); // → [ '1.018', '0.018' ]
 * ```
 */
export class LabelAwareSmoothingLoss extends FrequencyLoss {
  /** Saved as `longtail>LabelAwareSmoothingLoss`. */
  static readonly className: string = 'LabelAwareSmoothingLoss';
  /** ε of the most frequent class. */
  readonly smoothHead: number;
  /** ε of the least frequent class. */
  readonly smoothTail: number;
  /** The curve of ε between them. */
  readonly shape: SmoothingShape;

  /** @throws ValueError naming the option that is missing or out of range. */
  constructor(options: LabelAwareSmoothingLossOptions) {
    checkOptions('LabelAwareSmoothingLoss', options, [
      'freqInfo',
      'smoothHead',
      'smoothTail',
      'shape',
      'ignoreLabel',
    ]);
    super(options);
    const {smoothHead, smoothTail, shape = 'concave'} = options;
    this.smoothHead = requireNumber('smoothHead', smoothHead, 0, 1);
    this.smoothTail = requireNumber('smoothTail', smoothTail, 0, 1);
    if (!Object.hasOwn(SHAPES, shape)) reject('shape', "'concave', 'linear' or 'convex'", shape);
    this.shape = shape;
  }

  protected override get background(): boolean {
    return false;
  }

  protected rows(z: Tensor2D, labels: Labels): Tensor1D {
    requireClasses(labels);
    const epsilon = this.fromCounts(labels.classes, (counts) => smoothingFactors(counts, this));
    return rowLosses(smoothed, z, labels, epsilon);
  }

  /** Options as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    const {smoothHead, smoothTail, shape} = this;
    return {...super.getConfig(), smooth_head: smoothHead, smooth_tail: smoothTail, shape};
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    const {smooth_head: smoothHead, smooth_tail: smoothTail, shape} = config;
    const freqInfo = FrequencyLoss.freqInfoFrom(config);
    return new cls({...FrequencyLoss.optionsFrom(config), freqInfo, smoothHead, smoothTail, shape});
  }
}
