import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {Loss} from '../core/loss';
import {readClassWeight} from './class_weights';
import {lossEntries} from './compile_entries';
import type {GivenWeights} from './given_weights';
import type {Entries, ModelInternals} from './model_internals';
import {recordOf} from './model_record';
import type {WeightedBatches} from './weighted_batches';

const runs = new WeakMap<object, TrainingRun>();

/** The `fit` or `fitDataset` of a model that is going on, or undefined. */
export function trainingRunOf(model: unknown): TrainingRun | undefined {
  return runs.get(model as object);
}

/** Validation data with weights, as they are handed to tfjs without them. */
export interface WeightedValidation {
  /** Inputs, an object of its own by which calls of tfjs are told from those of others. */
  x: unknown;
  weights: GivenWeights;
}

/** What `fit` or `fitDataset` works on, and what may change while it does. */
export class TrainingRun {
  /** Of `fit`: inputs, labels, weights by class and weights by sample of all samples. */
  data?: Array<Tensor | null>;
  /** Of `fit`: the weights given for its samples. */
  samples?: Array<Tensor | null>;
  private readonly owned: Array<Tensor | null> = [];

  /**
   * @param dataset Of `fitDataset`: its data, its options, and what weighs its batches.
   */
  constructor(
    private readonly model: ModelInternals,
    readonly validation?: WeightedValidation,
    readonly dataset?: {source: unknown; args: {classWeight?: unknown}; batches: WeightedBatches},
  ) {}

  /** Runs `train`, which takes the model for itself before it first waits. */
  async during<T>(train: () => Promise<T>): Promise<T> {
    runs.set(this.model, this);
    try {
      return await train();
    } finally {
      runs.delete(this.model);
      tfc.dispose(this.owned as Tensor[]);
      this.dataset?.batches.dispose();
    }
  }

  /** Keeps tensors until the run ends. */
  own<T extends Tensor | null>(tensors: T[]): T[] {
    this.owned.push(...tensors);
    return tensors;
  }

  /**
   * Weighs what is trained from here on as `classWeight` of `fit` and `fitDataset` would.
   *
   * @throws ValueError where they would.
   */
  async setClassWeight(classWeight: unknown): Promise<void> {
    const {model, data, dataset} = this;
    if (dataset != null) {
      const {own, others} = classWeightsFor(model, classWeight);
      dataset.batches.byClass = own;
      dataset.args.classWeight = others;
    } else if (data != null) {
      const labels = model.inputs.length;
      const first = labels + model.outputs.length;
      const [xs, ys] = [data.slice(0, labels), data.slice(labels, first)];
      const [, , weights] = await model.standardizeUserData(xs, ys, null, classWeight);
      this.own(weights ?? []);
      model.outputs.forEach((_, i) => {
        data[first + i] = weights?.[i] ?? null;
      });
    }
  }
}

/**
 * `classWeight` taken apart; all of it is tfjs's where no loss reads labels of its own forms.
 *
 * @throws ValueError where `readClassWeight` does, of a model that is compiled with objects of this package.
 */
export function classWeightsFor(
  model: ModelInternals,
  classWeight: unknown,
): {own: Array<Float32Array | undefined>; others: unknown} {
  const losses = recordOf(model)?.losses;
  if (classWeight == null || losses == null) return {own: [], others: classWeight};
  const read = readClassWeight(model, losses, classWeight);
  return losses.some((loss) => loss?.checksLabels) ? read : {own: [], others: classWeight};
}

/**
 * Refuses what `fit` would refuse as `classWeight` of a model that is compiled with `loss`, as far as it can be told
 * without labels.
 *
 * @throws ValueError naming what is missing or unknown.
 */
export function checkClassWeight(model: ModelInternals, loss: Entries, classWeight: unknown): void {
  if (typeof classWeight !== 'object') reject('classWeight', 'an object {class: weight}', classWeight);
  const losses = lossEntries(loss, model.outputNames).map((entry) =>
    entry instanceof Loss ? entry : undefined,
  );
  readClassWeight(model, losses, classWeight);
}
