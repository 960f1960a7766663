import type {Optimizer} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {
  History,
  LayersModel,
  ModelCompileArgs,
  ModelFitArgs,
  SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {type Entries, internalsOf} from '../serialization/model_internals';
import {checkClassWeight} from '../serialization/training_run';
import {FrozenFeatures, isDataset, type LabeledData} from './frozen_features';
import {ofSameClass} from './of_same_class';
import {setSampler} from './set_sampler';

/** How a head is trained on a model's features. */
export interface TrainHeadOptions {
  /** Number of epochs. */
  epochs: number;
  /** Samples per batch, for data that is not a dataset. Default: 32. */
  batchSize?: number;
  /** Batches per epoch, for a dataset that does not end. */
  batchesPerEpoch?: number;
  /** Default: one like the model's, with fresh state. */
  optimizer?: string | Optimizer;
  /** Default: the loss the model is compiled with. */
  loss?: ModelCompileArgs['loss'];
  /** Default: those the model is compiled with. */
  metrics?: ModelCompileArgs['metrics'];
  /** As in `fit`. */
  classWeight?: ModelFitArgs['classWeight'];
  /** The sampler to train with, for a dataset that has one (`indexedArrays`); its own is restored afterwards. */
  sampler?: unknown;
  /** As in `fit`; callbacks see the head, whose inputs are features. */
  callbacks?: ModelFitArgs['callbacks'];
  /** A dataset of batches, or `{xs, ys}`. */
  validationData?: LabeledData;
  /** As in `fit`. Default: 0, which logs nothing. */
  verbose?: ModelFitArgs['verbose'];
}

/** Names of the options. */
export const HEAD_OPTIONS = [
  'epochs',
  'batchSize',
  'batchesPerEpoch',
  'optimizer',
  'loss',
  'metrics',
  'classWeight',
  'sampler',
  'callbacks',
  'validationData',
  'verbose',
] as const;

/** Checks what can be checked before a head is built. @throws ValueError naming the option. */
export function checkHeadOptions(
  of: string,
  model: LayersModel,
  data: unknown,
  options: TrainHeadOptions,
  more: string[],
): void {
  checkOptions(of, options, [...HEAD_OPTIONS, ...more]);
  requireInteger('epochs', options.epochs, 1);
  isDataset(data);
  if (model.loss == null && options.loss === undefined)
    reject('loss', 'given for a model that is not compiled', options.loss);
  if (model.optimizer == null && options.optimizer === undefined)
    reject('optimizer', 'given for a model that is not compiled', options.optimizer);
}

/**
 * Trains `head` on the features that `model` computes at `features`. The model itself is not changed.
 *
 * @returns The return value of `fit`.
 */
export async function trainHead(
  model: LayersModel,
  features: SymbolicTensor,
  head: LayersModel,
  data: LabeledData,
  options: TrainHeadOptions,
): Promise<History> {
  const {epochs, batchSize, batchesPerEpoch, classWeight, callbacks, sampler, verbose = 0} = options;
  const frozen = new FrozenFeatures(model, features);
  const own = options.optimizer === undefined ? freshOptimizer(model.optimizer) : undefined;
  const made: tfc.Tensor[] = [];
  const featuresOf = (xs: unknown) => {
    const computed = frozen.of(xs as tfc.Tensor);
    made.push(computed);
    return computed;
  };
  const set = sampler == null ? undefined : setSampler('data', data, sampler);
  try {
    const {loss = model.loss, metrics = model.metrics} = options;
    head.compile({optimizer: own ?? (options.optimizer as string), loss, metrics} as ModelCompileArgs);
    if (classWeight != null) checkClassWeight(internalsOf(head), loss as Entries, classWeight);
    const {validationData: given} = options;
    const validationData =
      given === undefined || isDataset(given)
        ? given && frozen.over(given)
        : [featuresOf(given.xs), given.ys];
    const common = {epochs, classWeight, callbacks, validationData, verbose};
    const restore = set?.();
    // tfjs's types for data and validation data are narrower than what it accepts.
    try {
      if (isDataset(data)) {
        return await head.fitDataset(frozen.over(data) as never, {...common, batchesPerEpoch} as never);
      }
      return await head.fit(featuresOf(data.xs), data.ys as never, {...common, batchSize} as never);
    } finally {
      restore?.();
    }
  } finally {
    tfc.dispose(made);
    own?.dispose();
  }
}

/** Makes an optimizer of the same kind, with the same settings. */
function freshOptimizer(optimizer: Optimizer): Optimizer {
  return ofSameClass(optimizer, optimizer.getConfig());
}
