import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {attachWeights, detachWeights} from './batch_weights';
import {
  checkLengths,
  type GivenWeights,
  readSampleWeight,
  readSampleWeightAsync,
  toTensors,
} from './given_weights';
import type {Patches} from './method';
import type {BatchFunction, ModelInternals} from './model_internals';
import {trainingRunOf} from './training_run';
import {WeightedBatches} from './weighted_batches';

/** Weights of the running `evaluate`, which is synchronous. */
const evaluating = new WeakMap<object, GivenWeights>();

/** Applies `sampleWeight` in `evaluate`, `evaluateDataset` and `trainOnBatch`. */
export const weightedEvaluationPatches: Patches = {
  evaluate: (original) =>
    function (this: ModelInternals, x, y, args) {
      const validation = trainingRunOf(this)?.validation;
      const weights =
        args?.sampleWeight != null
          ? readSampleWeight(args.sampleWeight, this.outputNames)
          : validation?.x === x
            ? validation?.weights
            : undefined;
      if (weights === undefined) return original.call(this, x, y, args);
      evaluating.set(this, weights);
      try {
        return original.call(this, x, y, args);
      } finally {
        evaluating.delete(this);
      }
    },

  testLoop: (original) =>
    function (this: ModelInternals, f, ins: Tensor[], ...rest) {
      const weights = evaluating.get(this);
      if (weights === undefined) return original.call(this, f, ins, ...rest);
      // A loss or metric may itself call `evaluate`.
      evaluating.delete(this);
      checkLengths(weights, ins[0].shape[0], this.outputNames);
      const tensors = toTensors(weights);
      try {
        return original.call(this, f, [...ins, ...this.outputs.map(() => null), ...tensors], ...rest);
      } finally {
        tfc.dispose(tensors as Tensor[]);
      }
    },

  evaluateDataset: (original) =>
    async function (this: ModelInternals, dataset, ...rest) {
      const batches = new WeightedBatches([], this.outputNames);
      try {
        return await original.call(this, batches.observe(dataset), ...rest);
      } finally {
        batches.dispose();
      }
    },

  trainOnBatch: (original) =>
    async function (this: ModelInternals, x, y, sampleWeight) {
      if (sampleWeight == null) return original.call(this, x, y);
      const weights = await readSampleWeightAsync(sampleWeight, this.outputNames);
      const first = x instanceof tfc.Tensor ? x : Object.values(x as Record<string, Tensor>)[0];
      checkLengths(weights, first.shape[0], this.outputNames);
      const samples = toTensors(weights);
      const view = {
        standardizeUserData: (...args: unknown[]) => this.standardizeUserData(...args),
        makeTrainFunction: (): BatchFunction => {
          const train = this.makeTrainFunction();
          return (data) => {
            // May be a tensor of the caller's, which has no weights next time.
            const labels = data[this.inputs.length] as Tensor;
            attachWeights(labels, {classes: [], samples});
            try {
              return train(data);
            } finally {
              detachWeights(labels);
            }
          };
        },
      };
      try {
        return await original.call(view, x, y);
      } finally {
        tfc.dispose(samples as Tensor[]);
      }
    },
};
