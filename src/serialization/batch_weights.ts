import type {Tensor} from '@tensorflow/tfjs-core';
import type {ModelInternals} from './model_internals';

/** By output, weights `[batch]` that multiply; null for none. */
export interface BatchWeights {
  classes: Array<Tensor | null>;
  samples: Array<Tensor | null>;
}

/** The weights of batches that tfjs hands on as inputs and labels only, by the labels of the first output. */
const attached = new WeakMap<Tensor, BatchWeights>();

/** Makes `weights` go with the batch that has these labels. */
export function attachWeights(labels: Tensor, weights: BatchWeights): void {
  attached.set(labels, weights);
}

/** Makes nothing go with them again. */
export function detachWeights(labels: Tensor): void {
  attached.delete(labels);
}

/**
 * The weights that go with the data of a batch function: inputs, labels, weights by class and weights by sample, the
 * latter three by output.
 */
export function weightsOfBatch(model: ModelInternals, data: Array<Tensor | null>): BatchWeights {
  const inputs = model.inputs.length;
  const outputs = model.outputs.length;
  const own = attached.get(data[inputs] as Tensor);
  const slots = (group: number, more: Array<Tensor | null> = []) =>
    model.outputs.map((_, i) => more[i] ?? data[inputs + group * outputs + i] ?? null);
  return {classes: slots(1, own?.classes), samples: slots(2, own?.samples)};
}
