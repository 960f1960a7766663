import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {heldClassesOfRow} from '../labels/held_classes';
import {readLabels} from '../labels/host_labels';
import {isIndex} from '../labels/label_form';
import {predictedClasses} from './predicted_classes';

/** How a batch of predictions is read. */
export interface ConfusionBatchOptions {
  /** Whether yPred holds logits (default) or probabilities; it matters only for a single class. */
  fromLogits?: boolean;
  /** The integer label of rows that do not count. Default: none. */
  ignoreLabel?: number;
}

/**
 * Counts, for samples of each class, the predicted classes: whole-pass counts in float64, exact up to 2⁵³. Classes are
 * 0 … C − 1, and C is background. Metrics, reports and scores are views of it: `hits` is its diagonal, `support` its
 * row sums and `predicted` its column sums.
 *
 * A sample that holds several classes has one prediction. It is counted for the predicted one of its classes, or else
 * for the first; the others count as missed, in the column of background. Row sums are then still the samples that hold
 * a class, and column sums those for which it is predicted.
 *
 * Only cells that occur take memory.
 *
 * @example
 * ```ts
 * const matrix = new ConfusionMatrix(3).add([0, 0, 1, 2], [0, 1, 1, 1]);
 * console.log(matrix.count(0, 1), matrix.recall); // → 1 Float64Array(3) [ 0.5, 1, 0 ]
 * ```
 */
export class ConfusionMatrix {
  /** C: the number of classes, without background. */
  readonly numClasses: number;
  private readonly cells = new Map<number, number>();
  private readonly diagonal: Float64Array;
  private readonly rowSums: Float64Array;
  private readonly columnSums: Float64Array;
  private foreground = 0;
  private samples = 0;

  /** @throws ValueError for numClasses < 1. */
  constructor(numClasses: number) {
    this.numClasses = requireInteger('numClasses', numClasses, 1);
    [this.diagonal, this.rowSums, this.columnSums] = [0, 0, 0].map(() => new Float64Array(numClasses + 1));
  }

  /**
   * Counts samples.
   *
   * @param actual The class of each sample, an integer in 0 … C, or its classes if it may hold several.
   * @param predicted The predicted class of each sample, an integer in 0 … C.
   * @returns this
   * @throws ValueError for arrays of different lengths and for other classes; nothing is counted then.
   */
  add(actual: ArrayLike<number | readonly number[]>, predicted: ArrayLike<number>): this {
    if (predicted.length !== actual.length) {
      reject('predicted', `${actual.length} classes, as many as there are labels`, predicted);
    }
    for (let row = 0; row < actual.length; ++row) {
      const classes = actual[row];
      if (typeof classes === 'object') for (const j of classes) this.requireClass('actual', j);
      else this.requireClass('actual', classes);
      this.requireClass('predicted', predicted[row]);
    }
    for (let row = 0; row < actual.length; ++row) {
      const classes = actual[row];
      const held = typeof classes === 'object' ? [...new Set(classes)].sort((a, b) => a - b) : [classes];
      this.addSample(
        held.filter((j) => j < this.numClasses),
        predicted[row],
      );
    }
    return this;
  }

  /**
   * Counts a batch, reading it synchronously.
   *
   * @param yTrue Labels in any form that the losses accept; soft ones count by their largest share.
   * @param yPred Logits or probabilities `[batch, …, C]`. The highest class is predicted; a single one (C = 1) if its
   *   logit is above 0 or its probability above 0.5, and background otherwise.
   * @returns this
   * @throws ValueError if shapes, label values or the number of classes do not fit, and for NaN scores in rows that
   *   count; nothing is counted then.
   */
  addBatch(yTrue: Tensor, yPred: Tensor, options: ConfusionBatchOptions = {}): this {
    checkOptions('ConfusionMatrix.addBatch', options, ['fromLogits', 'ignoreLabel']);
    const {fromLogits = true, ignoreLabel} = options;
    const [held, taken, counted] = tfc.tidy(() => {
      const {labels, predicted, nan} = predictedClasses(yTrue, yPred, fromLogits, ignoreLabel);
      if (labels.classes !== this.numClasses) reject('yPred', `of shape […, ${this.numClasses}]`, yPred);
      const read = readLabels(labels);
      if (Number.isNaN(nan.dataSync()[0])) reject('yPred', 'numbers', Number.NaN);
      return [
        Array.from({length: labels.rows}, (_, row) => heldClassesOfRow(read, row)),
        predicted.dataSync(),
        labels.counted?.dataSync(),
      ];
    });
    held.forEach((classes, row) => {
      if (counted?.[row] !== 0) this.addSample(classes, taken[row]);
    });
    return this;
  }

  /**
   * Adds another matrix's counts over other samples.
   *
   * @returns this
   * @throws ValueError for anything but a matrix with the same number of classes.
   */
  merge(other: ConfusionMatrix): this {
    if (!(other instanceof ConfusionMatrix && other.numClasses === this.numClasses)) {
      reject('other', `a ConfusionMatrix of ${this.numClasses} classes`, other);
    }
    for (const [key, n] of [...other.cells]) {
      const width = this.numClasses + 1;
      this.addCell(Math.floor(key / width), key % width, n);
    }
    this.foreground += other.foreground;
    this.samples += other.samples;
    return this;
  }

  private requireClass(name: string, j: number): void {
    const {numClasses} = this;
    if (!isIndex(j, numClasses, true)) {
      reject(name, `integers in 0 … ${numClasses} (${numClasses} = background)`, j);
    }
  }

  private addSample(held: readonly number[], predicted: number): void {
    ++this.samples;
    if (held.length > 0) ++this.foreground;
    const found = held.includes(predicted) ? predicted : (held[0] ?? this.numClasses);
    this.addCell(found, predicted);
    for (const j of held) if (j !== found) this.addCell(j, this.numClasses);
  }

  private addCell(actual: number, predicted: number, n = 1): void {
    const key = this.key(actual, predicted);
    this.cells.set(key, (this.cells.get(key) ?? 0) + n);
    this.rowSums[actual] += n;
    this.columnSums[predicted] += n;
    if (actual === predicted) this.diagonal[actual] += n;
  }

  private key(actual: number, predicted: number): number {
    return actual * (this.numClasses + 1) + predicted;
  }

  /** The number of samples of class `actual` for which `predicted` was predicted; each an integer in 0 … C. */
  count(actual: number, predicted: number): number {
    const i = requireInteger('actual', actual, 0, this.numClasses);
    const j = requireInteger('predicted', predicted, 0, this.numClasses);
    return this.cells.get(this.key(i, j)) ?? 0;
  }

  /** Samples counted so far, including background. */
  get numSamples(): number {
    return this.samples;
  }

  /** Samples of each class for which it is predicted, `[C]`. A copy. */
  get hits(): Float64Array {
    return this.diagonal.slice(0, this.numClasses);
  }

  /** Samples of each class, `[C]`. A copy. */
  get support(): Float64Array {
    return this.rowSums.slice(0, this.numClasses);
  }

  /** Samples for which each class is predicted, including background samples, `[C]`. A copy. */
  get predicted(): Float64Array {
    return this.columnSums.slice(0, this.numClasses);
  }

  /** hits / support of each class, `[C]`; NaN if it does not occur. */
  get recall(): Float64Array {
    return this.hits.map((n, j) => n / this.rowSums[j]);
  }

  /** hits / predicted of each class, `[C]`; NaN if it is never predicted. */
  get precision(): Float64Array {
    return this.hits.map((n, j) => n / this.columnSums[j]);
  }

  /** Harmonic mean of precision and recall, 2 · hits / (support + predicted), `[C]`; NaN if both are 0. */
  get f1(): Float64Array {
    return this.hits.map((n, j) => (2 * n) / (this.rowSums[j] + this.columnSums[j]));
  }

  /**
   * Share of the foreground samples for which one of their classes is predicted, as `ForegroundAccuracy`; NaN without
   * any.
   */
  get accuracy(): number {
    return this.hits.reduce((sum, n) => sum + n, 0) / this.foreground;
  }

  /** Mean recall of the classes that occur, as `BalancedAccuracy`; NaN if none does. */
  get balancedAccuracy(): number {
    const recalls = this.recall.filter((recall) => !Number.isNaN(recall));
    return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
  }

  /** Hits per sample of some classes, as `GroupAccuracy`; NaN if none of them occurs. */
  accuracyOf(classes: readonly number[]): number {
    const sum = (counts: Float64Array) =>
      classes.reduce((total, j) => total + counts[requireInteger('classes', j, 0, this.numClasses - 1)], 0);
    return sum(this.diagonal) / sum(this.rowSums);
  }
}
