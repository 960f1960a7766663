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

/** The running `fit` or `fitDataset` of a model, or undefined. */
export function trainingRunOf(model: unknown): TrainingRun | undefined {
  return runs.get(model as object);
}

/** Validation data with weights, passed to tfjs without them. */
export interface WeightedValidation {
  /** Inputs, in a unique object that distinguishes tfjs's calls from others. */
  x: unknown;
  weights: GivenWeights;
}

/** Data of a running `fit` or `fitDataset`, and state that may change meanwhile. */
export class TrainingRun {
  /** For `fit`: inputs, labels, weights by class and weights by sample of all samples. */
  data?: Array<Tensor | null>;
  /** For `fit`: the given sample weights. */
  samples?: Array<Tensor | null>;
  private readonly owned: Array<Tensor | null> = [];

  /** @param dataset For `fitDataset`: its data, its options, and the object that weights its batches. */
  constructor(
    private readonly model: ModelInternals,
    readonly validation?: WeightedValidation,
    readonly dataset?: {source: unknown; args: {classWeight?: unknown}; batches: WeightedBatches},
  ) {}

  /** Runs `train`, which locks the model before its first await. */
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
   * Weights all further training like `classWeight` of `fit` and `fitDataset`.
   *
   * @throws ValueError if they would.
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
 * Splits `classWeight`; tfjs applies all of it if no loss has its own label forms.
 *
 * @throws ValueError if `readClassWeight` does, for a model compiled with objects of this package.
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
 * Refuses a `classWeight` that `fit` would refuse for a model compiled with `loss`, as far as can be checked without
 * labels.
 *
 * @throws ValueError naming missing or unknown classes.
 */
export function checkClassWeight(model: ModelInternals, loss: Entries, classWeight: unknown): void {
  if (typeof classWeight !== 'object') reject('classWeight', 'an object {class: weight}', classWeight);
  const losses = lossEntries(loss, model.outputNames).map((entry) =>
    entry instanceof Loss ? entry : undefined,
  );
  readClassWeight(model, losses, classWeight);
}
