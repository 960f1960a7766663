import type {Optimizer} from '@tensorflow/tfjs-core';
import type {ModelCompileArgs, ModelFitArgs} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {requireNumber} from '../core/require_number';
import {type Entries, internalsOf} from '../serialization/model_internals';
import {holdsLoss, prepareLoss} from '../serialization/switch_loss';
import {checkClassWeight, trainingRunOf} from '../serialization/training_run';
import {modelOf} from './model_of';
import {setSampler} from './set_sampler';

/** What changes at an epoch, and when. At least one change is required. */
export interface DeferredOptions {
  /** The first epoch, counted from 0, to train with the changes: this many epochs train without. */
  epoch: number;
  /** The loss from then on, as in `compile`. A saved model holds this one. */
  loss?: ModelCompileArgs['loss'];
  /** Class weights from then on, as in `fit`, replacing those passed to `fit`. */
  classWeight?: ModelFitArgs['classWeight'];
  /** The sampler from then on. `fitDataset` must train on a dataset with a `sampler` (`indexedArrays`). */
  sampler?: unknown;
  /** The learning rate from then on. */
  learningRate?: number;
}

const OPTIONS = ['epoch', 'loss', 'classWeight', 'sampler', 'learningRate'];

/**
 * Defers re-weighting (DRW) or re-sampling (DRS) until the features have been learned on the original data (Cao et al.,
 * NeurIPS 2019, arXiv 1906.07413, section 3.3). A callback of `fit` and `fitDataset`: the model need not be recompiled,
 * and the optimizer keeps its state. Training resumed with an `initialEpoch` of `epoch` or later continues with the
 * changes; if the model already holds the same loss, by class and options, it is kept with its state.
 *
 * TensorFlow.js accepts callback objects and dictionaries of functions, but not both in one array.
 *
 * @example LDAM-DRW
 * ```ts
 * model.compile({optimizer: 'adam', loss: new LDAMLoss({freqInfo})});
 * const classWeight = classWeights(freqInfo, {scheme: 'effectiveNumber'});
 * const callbacks = deferred({epoch: 1, classWeight, learningRate: 1e-4});
 * await model.fitDataset(trainImages.batch(32), {epochs: 2, verbose: 0, callbacks});
 * ```
 *
 * @returns A callback, for one training run at a time.
 * @throws ValueError for options that are missing, unknown or out of range; when training begins, before its first
 *   step, for a loss that `compile` would reject, class weights that `fit` would reject, a dataset without a `sampler`,
 *   and an optimizer without a learning rate.
 */
export function deferred(options: DeferredOptions): tfl.Callback {
  checkOptions('deferred', options, OPTIONS);
  requireInteger('epoch', options.epoch, 0);
  const {learningRate} = options;
  if (learningRate !== undefined) requireNumber('learningRate', learningRate, Number.MIN_VALUE);
  if (OPTIONS.slice(1).every((name) => options[name as keyof DeferredOptions] == null)) {
    reject('options', `of at least one change: ${OPTIONS.slice(1).join(', ')}`, options);
  }
  return new Deferred(options);
}

class Deferred extends tfl.Callback {
  private changes: Array<() => void | Promise<void>> = [];

  constructor(private readonly options: DeferredOptions) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    const {loss, classWeight, sampler, learningRate} = this.options;
    const model = internalsOf(modelOf(this));
    const run = trainingRunOf(model);
    this.changes = [];
    const entries = loss as Entries | undefined;
    if (entries != null && !holdsLoss(model, entries)) this.changes.push(prepareLoss(model, entries));
    if (classWeight != null) {
      checkClassWeight(model, entries ?? model.loss, classWeight);
      this.changes.push(() => run?.setClassWeight(classWeight));
    }
    if (sampler != null) {
      const set = setSampler('the data set of fitDataset', run?.dataset?.source, sampler);
      this.changes.push(() => void set());
    }
    if (learningRate !== undefined) this.changes.push(rateSetter(model.optimizer, learningRate));
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    if (epoch < this.options.epoch) return;
    const changes = this.changes;
    this.changes = [];
    for (const change of changes) await change();
  }
}

function rateSetter(optimizer: Optimizer, rate: number): () => void {
  // Neither is part of tfjs's common type for optimizers.
  const given = optimizer as unknown as {learningRate?: unknown; setLearningRate?: (rate: number) => void};
  if (typeof given.learningRate !== 'number') {
    return reject('learningRate', 'left out for an optimizer that has none', optimizer.getClassName());
  }
  return () => {
    // SGD also keeps it as a tensor.
    if (given.setLearningRate) given.setLearningRate(rate);
    else given.learningRate = rate;
  };
}
