import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {attachWeights, detachWeights} from './batch_weights';
import {checkLengths, readSampleWeightAsync, toTensors} from './given_weights';
import {sampleWeights, type TakenLabels} from './sample_weights';

type Element = {ys?: unknown; sampleWeight?: unknown};
type Iterator = {next(): Promise<IteratorResult<Element | null>>};
type Batches = {iterator(): Promise<Iterator>; size?: number};

/** Weights the batches of a dataset as they are read, by `classWeight` and by their own `sampleWeight`. */
export class WeightedBatches {
  private pending: Array<Tensor | null> = [];
  private labels?: Tensor;

  /**
   * @param byClass By output, the weights of the classes and of background, or undefined.
   * @param outputNames Names by which a batch may hold labels and weights.
   * @param losses By output, the labels that its loss accepts, or undefined.
   */
  constructor(
    public byClass: Array<ArrayLike<number> | undefined>,
    private readonly outputNames: string[],
    private readonly losses: ReadonlyArray<TakenLabels | undefined> = [],
  ) {}

  /** Returns the same dataset or iterator, with its batches weighted as they come. */
  observe<T>(source: T): T {
    // Its type does not matter: only these members are looked up.
    const given = source as unknown as Batches & Iterator;
    // In tfjs's order.
    if (typeof given?.next === 'function') return this.view(given, {next: () => this.next(given)}) as T;
    if (typeof given?.iterator !== 'function') return source;
    const iterator = async () => {
      const batches = await given.iterator();
      return {next: () => this.next(batches)};
    };
    return this.view(given, {iterator}) as T;
  }

  private view(source: Batches, own: object): object {
    // A getter may work only on its own object, and a property of `source` may be read-only.
    const values = Object.entries(own).map(([key, value]) => [key, {value}]);
    return Object.create(source, {size: {get: () => source.size}, ...Object.fromEntries(values)});
  }

  private async next(batches: Iterator): Promise<IteratorResult<Element | null>> {
    const batch = await batches.next();
    this.dispose();
    if (batch.value != null) await this.weigh(batch.value);
    return batch;
  }

  private async weigh(batch: Element): Promise<void> {
    const {ys, sampleWeight} = batch;
    const labels = this.outputNames.map((_, i) => (ys instanceof tfc.Tensor ? ys : this.labelsOf(ys, i)));
    const isGiven = sampleWeight != null;
    // tfjs reports what is missing.
    if (!(labels[0] instanceof tfc.Tensor) || !(isGiven || this.byClass.some((weights) => weights))) return;
    try {
      const classes: Array<Tensor | null> = [];
      for (const [i, weights] of this.byClass.entries()) {
        const isWeighed = weights != null && labels[i] instanceof tfc.Tensor;
        classes.push(isWeighed ? await sampleWeights(labels[i] as Tensor, weights, this.losses[i]) : null);
        this.pending.push(classes[i]);
      }
      const given = isGiven ? await readSampleWeightAsync(sampleWeight, this.outputNames) : [];
      checkLengths(given, labels[0].shape[0], this.outputNames);
      const samples = toTensors(given);
      this.pending.push(...samples);
      this.labels = labels[0];
      attachWeights(this.labels, {classes, samples});
      // tfjs disposes only inputs and labels.
      if (isGiven) tfc.dispose(sampleWeight as tfc.TensorContainer);
    } catch (error) {
      this.dispose();
      tfc.dispose(batch as tfc.TensorContainer);
      throw error;
    }
  }

  private labelsOf(ys: unknown, output: number): unknown {
    const labels = ys as Record<string, unknown> | undefined;
    return labels?.[Array.isArray(ys) ? output : this.outputNames[output]];
  }

  /** Disposes the weights of the last batch read. */
  dispose(): void {
    tfc.dispose(this.pending as Tensor[]);
    this.pending = [];
    if (this.labels !== undefined) detachWeights(this.labels);
    this.labels = undefined;
  }
}
