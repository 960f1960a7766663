import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {RowLoss} from '../losses/base/row_loss';
import {checkLengths, readSampleWeight, readSampleWeightAsync, toTensors} from './given_weights';
import type {Patches} from './method';
import type {ModelInternals} from './model_internals';
import {recordOf} from './model_record';
import {sampleWeights} from './sample_weights';
import {classWeightsFor, TrainingRun, trainingRunOf, type WeightedValidation} from './training_run';
import {WeightedBatches} from './weighted_batches';

/** Makes `classWeight` read labels like the losses it weights, and supports `sampleWeight`. */
export const weightedTrainingPatches: Patches = {
  // `fit` calls this once for the weights of all samples.
  standardizeUserData: (original) =>
    async function (this: ModelInternals, x, y, sampleWeight, classWeight, ...rest) {
      const given =
        sampleWeight == null ? undefined : await readSampleWeightAsync(sampleWeight, this.outputNames);
      const {own, others} = classWeightsFor(this, classWeight);
      if (given === undefined && own.length === 0) {
        return original.call(this, x, y, sampleWeight, classWeight, ...rest);
      }
      const [xs, ys] = this.standardizeUserDataXY(x, y, ...rest);
      const known = new Set([x, y].flatMap(tensorsIn));
      const made: Array<Tensor | null> = [...xs, ...ys].filter((tensor) => !known.has(tensor));
      try {
        if (given !== undefined) checkLengths(given, xs[0].shape[0], this.outputNames);
        const [, , theirs] = await original.call(this, xs, ys, null, others, ...rest);
        const classes: Array<Tensor | null> = theirs ?? ys.map(() => null);
        made.push(...classes);
        for (const [i, weights] of own.entries()) {
          if (weights == null) continue;
          classes[i] = await sampleWeights(ys[i], weights, rowLossOf(this, i));
          made.push(classes[i]);
        }
        return [xs, ys, given === undefined ? classes : [...classes, ...toTensors(given)]];
      } catch (error) {
        tfc.dispose(made as Tensor[]);
        throw error;
      }
    },

  fit: (original) =>
    async function (this: ModelInternals, x, y, args) {
      if (this.isTraining) return original.call(this, x, y, args);
      const [known, validation] = withoutValidationWeights(this, args);
      return new TrainingRun(this, validation).during(() => original.call(this, x, y, known));
    },

  fitLoop: (original) =>
    function (this: ModelInternals, f, ins: Array<Tensor | null>, ...rest) {
      const run = trainingRunOf(this);
      if (run == null) return original.call(this, f, ins, ...rest);
      run.data = ins;
      const [valF, valIns] = [rest[VAL_F], rest[VAL_INS]];
      if (valF != null) rest[VAL_INS] = [...valIns, ...validationWeights(this, run, ins, valIns)];
      return original.call(this, f, ins, ...rest);
    },

  // `fitDataset` has no such call: take the weights of each batch as the dataset yields it.
  fitDataset: (original) =>
    async function (this: ModelInternals, dataset, args) {
      if (this.isTraining || args == null) return original.call(this, dataset, args);
      const {own, others} = classWeightsFor(this, args.classWeight);
      const [{...known}, validation] = withoutValidationWeights(this, args);
      known.classWeight = others;
      const batches = new WeightedBatches(
        own,
        this.outputNames,
        this.outputs.map((_, i) => rowLossOf(this, i)),
      );
      const run = new TrainingRun(this, validation, {source: dataset, args: known, batches});
      return run.during(() => original.call(this, batches.observe(dataset), known));
    },
};

/** Indices into the arguments of fitLoop after f and ins. */
const VAL_F = 5;
const VAL_INS = 6;

/** The options with validation data of two elements, and the third. */
function withoutValidationWeights(
  model: ModelInternals,
  args: {validationData?: unknown} | undefined,
): [{classWeight?: unknown}, WeightedValidation | undefined] {
  const data = args?.validationData;
  if (!Array.isArray(data) || data.length !== 3) return [args as object, undefined];
  if (data[2] == null) return [{...args, validationData: data.slice(0, 2)} as object, undefined];
  const x = data[0] instanceof tfc.Tensor ? [data[0]] : Array.isArray(data[0]) ? [...data[0]] : {...data[0]};
  const weights = readSampleWeight(data[2], model.outputNames);
  const [first] = tensorsIn(x);
  if (first instanceof tfc.Tensor) checkLengths(weights, first.shape[0], model.outputNames);
  // `x` may have any type that tfjs accepts.
  return [
    {...args, validationData: [x, data[1]]},
    {x, weights},
  ] as never;
}

/** Elements after the inputs and labels of validation: weights by class, which are absent, and by sample. */
function validationWeights(
  model: ModelInternals,
  run: TrainingRun,
  ins: Array<Tensor | null>,
  valIns: Tensor[],
): Array<Tensor | null> {
  const none = model.outputs.map(() => null);
  if (run.validation != null) return [...none, ...run.own(toTensors(run.validation.weights))];
  const first = model.inputs.length + 2 * model.outputs.length;
  const all = ins.slice(first, first + model.outputs.length);
  // Only for a split: other validation data has no weights of its own.
  const rows = valIns[0]?.shape[0];
  const trained = ins[0]?.shape[0];
  return [...none, ...run.own(all.map((weights) => splitOff(weights, trained as number, rows)))];
}

function splitOff(weights: Tensor | null, trained: number, rows: number): Tensor | null {
  if (weights == null || weights.shape[0] !== trained + rows) return null;
  return tfc.slice(weights, trained, rows);
}

function tensorsIn(data: unknown): unknown[] {
  return data instanceof tfc.Tensor ? [data] : Object.values(data ?? {});
}

/** The loss of an output, if it is a RowLoss. */
function rowLossOf(model: ModelInternals, output: number): RowLoss | undefined {
  const loss = recordOf(model)?.losses[output];
  return loss instanceof RowLoss ? loss : undefined;
}
