import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {sampleWeights} from './sample_weights';

interface Batches {
  iterator(): Promise<{next(): Promise<IteratorResult<{ys?: unknown} | null>>}>;
}

/** The sample weights of the batch that `fitDataset` has read last. */
export class WeightedBatches {
  private pending: Array<Tensor | null> = [];

  /**
   * @param own By output, the weight of each class and of background, or undefined.
   * @param outputNames Under which a batch may hold the labels.
   */
  constructor(
    private readonly own: Array<ArrayLike<number> | undefined>,
    private readonly outputNames: string[],
  ) {}

  /** The same data set, whose batches are weighed as they come. */
  observe(dataset: Batches): Batches {
    if (typeof dataset?.iterator !== 'function' || this.own.every((weights) => weights == null))
      return dataset;
    const view: Batches = Object.create(dataset);
    view.iterator = async () => {
      const batches = await dataset.iterator();
      return {
        next: async () => {
          const batch = await batches.next();
          if (batch.value != null) await this.weigh(batch.value);
          return batch;
        },
      };
    };
    return view;
  }

  private async weigh(batch: {ys?: unknown}): Promise<void> {
    this.dispose();
    const {ys} = batch;
    try {
      for (const [i, weights] of this.own.entries()) {
        const labels = ys instanceof tfc.Tensor ? ys : this.labelsOf(ys, i);
        // What is missing is tfjs's to complain about.
        const isWeighed = weights != null && labels instanceof tfc.Tensor;
        this.pending[i] = isWeighed ? await sampleWeights(labels, weights) : null;
      }
    } catch (error) {
      tfc.dispose(batch as tfc.TensorContainer);
      throw error;
    }
  }

  private labelsOf(ys: unknown, output: number): unknown {
    const labels = ys as Record<string, unknown> | undefined;
    return labels?.[Array.isArray(ys) ? output : this.outputNames[output]];
  }

  /** Hands the weights over, by output, to be disposed of. */
  take(): Array<Tensor | null> {
    const taken = this.pending;
    this.pending = [];
    return taken;
  }

  /** Gives back the memory of weights that nobody took. */
  dispose(): void {
    tfc.dispose(this.take() as Tensor[]);
  }
}
