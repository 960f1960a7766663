import type {Tensor} from '@tensorflow/tfjs-core';
import type {ModelInternals} from './model_internals';

/** By output, weights `[batch]` to multiply by; null for none. */
export interface BatchWeights {
  classes: Array<Tensor | null>;
  samples: Array<Tensor | null>;
}

/** Weights of batches, which tfjs passes on as inputs and labels only, by the labels of the first output. */
const attached = new WeakMap<Tensor, BatchWeights>();

/** Attaches `weights` to the batch with these labels. */
export function attachWeights(labels: Tensor, weights: BatchWeights): void {
  attached.set(labels, weights);
}

/** Detaches the weights from these labels. */
export function detachWeights(labels: Tensor): void {
  attached.delete(labels);
}

/**
 * Weights for the data of a batch function: inputs, labels, weights by class and weights by sample, the latter three by
 * output.
 */
export function weightsOfBatch(model: ModelInternals, data: Array<Tensor | null>): BatchWeights {
  const inputs = model.inputs.length;
  const outputs = model.outputs.length;
  const own = attached.get(data[inputs] as Tensor);
  const slots = (group: number, more: Array<Tensor | null> = []) =>
    model.outputs.map((_, i) => more[i] ?? data[inputs + group * outputs + i] ?? null);
  return {classes: slots(1, own?.classes), samples: slots(2, own?.samples)};
}
