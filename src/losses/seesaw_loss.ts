import type {serialization, Tensor1D, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import type {Constructor} from '../core/constructor';
import {onHostBackend} from '../core/host_backend';
import {requireNumber} from '../core/require_number';
import {rowLosses} from '../kernels/losses/formula';
import {labelAt, readLabels} from '../labels/host_labels';
import {denseLabels, type Labels} from '../labels/labels';
import {ClassState} from './base/class_state';
import type {RowContext} from './base/row_loss';
import {requireClasses} from './base/softmax_rows';
import {StatefulLoss, type StatefulLossOptions} from './base/stateful_loss';
import {type SeesawParameters, seesaw} from './seesaw_rows';

/** Options of a `SeesawLoss`. With `objectness`, yPred has C + 2 logits: classes, foreground, background. */
export interface SeesawLossOptions extends StatefulLossOptions {
  /** p ≥ 0: how much less a less frequent class is penalized; 0 turns it off. Default: 0.8. */
  p?: number;
  /** q ≥ 0: how much more a wrong class that scores above the right one is penalized; 0 turns it off. Default: 2. */
  q?: number;
  /** The minimum score of the right class in the ratio for q, above 0. Default: 0.01. */
  eps?: number;
}

/**
 * Seesaw loss (Wang et al., CVPR 2021, arXiv 2008.10032, eqs. 5–8). For a sample of class i, with N_j the number of
 * samples of class j seen in training, including the batch's, and σ = softmax(z), at least `eps` in denominators:
 *
 * ```math
 * \begin{aligned}
 * \mathrm{loss}_r &= -\log \frac{e^{z_i}}{\sum_{j \ne i} S_{ij} e^{z_j} + e^{z_i}}, & S_{ij} &= M_{ij} C_{ij} \\
 * M_{ij} &= \min\Bigl(1, \Bigl(\frac{N_j}{N_i}\Bigr)^p\Bigr), & C_{ij} &= \max\Bigl(1, \Bigl(\frac{\sigma_j}{\sigma_i}\Bigr)^q\Bigr)
 * \end{aligned}
 * ```
 *
 * S is constant to the gradient. N is state: training batches change it, evaluation does not, and it is saved with the
 * model. For a soft label, N_i and σ_i are means weighted by it.
 *
 * Labels as in {@link RowLoss}. Without `objectness` there is no background, and yPred is `[batch, …, C]`. With it,
 * yPred is `[batch, …, C + 2]`; the last two are logits of foreground and background, whose softmax cross entropy is
 * added. A background row has only that term. A class's score is then softmax(z)_j times the probability of foreground.
 * The loss is float32 `[batch]`, in nats, a mean over all rows.
 *
 * @example
 * ```ts
 * const loss = new SeesawLoss({numClasses: 100});
 * model.compile({optimizer: 'adam', loss});
 * await model.fitDataset(trainDataset.filter(({ys}) => ys < 100).batch(64), {epochs: 5});
 * ```
 */
export class SeesawLoss extends StatefulLoss {
  /** Saved as `longtail>SeesawLoss`. */
  static readonly className: string = 'SeesawLoss';
  /** p. */
  readonly p: number;
  /** q. */
  readonly q: number;
  /** The minimum score of the right class. */
  readonly eps: number;
  private readonly counts: ClassState;

  /** @throws ValueError naming the option that is missing or out of range. */
  constructor(options: SeesawLossOptions) {
    checkOptions('SeesawLoss', options, ['numClasses', 'objectness', 'p', 'q', 'eps', 'ignoreLabel']);
    super(options);
    const {p = 0.8, q = 2, eps = 0.01} = options;
    this.p = requireNumber('p', p, 0);
    this.q = requireNumber('q', q, 0);
    this.eps = requireNumber('eps', eps, Number.MIN_VALUE);
    this.counts = new ClassState(this.numClasses);
  }

  protected override get states(): readonly ClassState[] {
    return [this.counts];
  }

  protected override get background(): boolean {
    return this.objectness;
  }

  protected override get extraLogits(): number {
    return this.objectness ? 2 : 0;
  }

  protected rows(z: Tensor2D, labels: Labels, {training}: RowContext): Tensor1D {
    requireClasses(labels);
    this.checkClasses(labels);
    const counts = training ? this.countsWith(labels) : this.currentCounts();
    const losses = rowLosses(seesaw, z, labels, this.parameters(counts));
    if (training) this.counts.set(counts);
    return losses;
  }

  private parameters(counts: Float64Array | Tensor1D): SeesawParameters {
    const {p, q, eps} = this;
    if (counts instanceof tfc.Tensor) return {counts: tfc.maximum(counts, 1), p, q, eps};
    const atLeastOne = counts.map((count) => Math.max(count, 1));
    return {counts: atLeastOne, logCounts: atLeastOne.map(Math.log), p, q, eps};
  }

  private currentCounts(): Float64Array | Tensor1D {
    return onHostBackend() ? this.counts.onHost() : this.counts.onDevice();
  }

  private countsWith(labels: Labels): Float64Array | Tensor1D {
    if (!onHostBackend()) {
      const y = denseLabels(labels);
      const {counted} = labels;
      const held = counted ? tfc.mul(y, tfc.expandDims(tfc.cast(counted, 'float32'), 1)) : y;
      const next = tfc.add(this.counts.onDevice(), tfc.sum(held, 0)) as Tensor1D;
      // A label out of range is NaN; its batch leaves no trace.
      return tfc.where(tfc.all(tfc.isFinite(next)), next, this.counts.onDevice());
    }
    const counts = this.counts.onHost().slice();
    const read = readLabels(labels);
    const counted = labels.counted?.dataSync();
    for (let row = 0; row < labels.rows; ++row) {
      if (counted && !counted[row]) continue;
      if (read.form === 'index') {
        if (read.values[row] < counts.length) ++counts[read.values[row]];
      } else {
        for (let j = 0; j < counts.length; ++j) counts[j] += labelAt(read, row, j);
      }
    }
    // Nor does a batch with NaN among its soft labels.
    return counts.every(Number.isFinite) ? counts : this.counts.onHost();
  }

  /** N: the number of samples of each class seen in training. */
  getState(): serialization.ConfigDict {
    return {counts: this.counts.toJSON()};
  }

  setState({counts}: Record<string, unknown>): void {
    this.counts.restore('state.counts', counts);
  }

  /** Options as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    return {...super.getConfig(), p: this.p, q: this.q, eps: this.eps};
  }

  /** Restores a loss from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    const {num_classes: numClasses, objectness, p, q, eps} = config;
    return new cls({...StatefulLoss.optionsFrom(config), numClasses, objectness, p, q, eps});
  }
}
