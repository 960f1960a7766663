import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {weightsOfBatch} from './batch_weights';
import type {Patches} from './method';
import type {BatchFunction, LossOrMetricFn, ModelInternals} from './model_internals';
import {perSampleLosses} from './output_losses';

/** Multiplies losses by sample weights, in training and in evaluation. */
export const weightedLossPatches: Patches = {
  makeTrainFunction: (original) =>
    function (this: ModelInternals) {
      return weighted(this, original.call(this));
    },

  makeTestFunction: (original) =>
    function (this: ModelInternals) {
      original.call(this);
      this.testFunction = weighted(this, this.testFunction);
    },
};

function weighted(model: ModelInternals, compute: BatchFunction): BatchFunction {
  return (data) => {
    const {classes, samples} = weightsOfBatch(model, data);
    // tfjs itself multiplies by class weights.
    const known = [...data.slice(0, model.inputs.length + model.outputs.length), ...classes];
    if (samples.every((weights) => weights == null)) return compute(known);
    return withWeightedLosses(model, samples, () => compute(known));
  };
}

/** Runs `compute`, which is synchronous, with losses multiplied by `weights`. */
function withWeightedLosses(
  model: ModelInternals,
  weights: Array<Tensor | null>,
  compute: () => Tensor[],
): Tensor[] {
  const {lossFunctions, metricsTensors} = model;
  const losses = lossFunctions.map((fn, i) => fn && weigh(fn, weights[i]));
  const lossSlots = losses.length > 1 ? losses.length : 0;
  model.lossFunctions = losses;
  model.metricsTensors = metricsTensors.map(([fn, output], slot) => [
    slot < lossSlots ? losses[output] : fn,
    output,
  ]);
  try {
    return compute();
  } finally {
    Object.assign(model, {lossFunctions, metricsTensors});
  }
}

function weigh(fn: LossOrMetricFn, weights: Tensor | null): LossOrMetricFn {
  return (yTrue, yPred) => {
    const values = perSampleLosses(fn, fn(yTrue, yPred), yPred, weights != null, 'sampleWeight');
    return weights == null ? values : tfc.mul(values, weights);
  };
}
