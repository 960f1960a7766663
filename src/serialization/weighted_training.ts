import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {Loss} from '../core/loss';
import {type ClassWeights, readClassWeight} from './class_weights';
import type {Patches} from './method';
import type {ModelInternals} from './model_internals';
import {recordOf} from './model_record';
import {sampleWeights} from './sample_weights';
import {WeightedBatches} from './weighted_batches';

/** What makes `classWeight` read labels as the losses do that they weigh. */
export const classWeightPatches: Patches = {
  // `fit` asks here for the weights of all samples, once.
  standardizeUserData: (original) =>
    async function (this: ModelInternals, x, y, sampleWeight, classWeight, ...rest) {
      const losses = lossesOfAnyLabels(this);
      if (losses == null || classWeight == null) {
        return original.call(this, x, y, sampleWeight, classWeight, ...rest);
      }
      const weights = readClassWeight(this, losses, classWeight);
      const [xs, ys] = this.standardizeUserDataXY(x, y, ...rest);
      const given = new Set([x, y].flatMap(tensorsIn));
      const made = [...xs, ...ys].filter((tensor) => !given.has(tensor));
      try {
        const [, , theirs] = await original.call(this, xs, ys, sampleWeight, weights.others, ...rest);
        if (theirs != null) made.push(...theirs);
        return [xs, ys, await withOwnWeights(weights, ys, theirs, made)];
      } catch (error) {
        tfc.dispose(made);
        throw error;
      }
    },

  // `fitDataset` asks nobody: the weights of each batch are taken as the data set hands it over.
  fitDataset: (original) =>
    async function (this: ModelInternals, dataset, args) {
      const record = recordOf(this);
      const losses = lossesOfAnyLabels(this);
      if (record == null || losses == null || args?.classWeight == null || this.isTraining) {
        return original.call(this, dataset, args);
      }
      const {own, others} = readClassWeight(this, losses, args.classWeight);
      const batches = new WeightedBatches(own, this.outputNames);
      record.weightedBatches = batches;
      try {
        return await original.call(this, batches.observe(dataset), {...args, classWeight: others});
      } finally {
        record.weightedBatches = undefined;
        batches.dispose();
      }
    },
};

function lossesOfAnyLabels(model: ModelInternals): Array<Loss | undefined> | undefined {
  const losses = recordOf(model)?.losses;
  return losses?.some((loss) => loss?.checksLabels) ? losses : undefined;
}

async function withOwnWeights(
  {own}: ClassWeights,
  ys: Tensor[],
  theirs: Array<Tensor | null> | null,
  made: Array<Tensor | null>,
): Promise<Array<Tensor | null>> {
  const all = theirs ?? ys.map(() => null);
  for (const [i, weights] of own.entries()) {
    if (weights == null) continue;
    all[i] = await sampleWeights(ys[i], weights);
    made.push(all[i]);
  }
  return all;
}

function tensorsIn(data: unknown): unknown[] {
  return data instanceof tfc.Tensor ? [data] : Object.values(data ?? {});
}
