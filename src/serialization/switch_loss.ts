import {reject} from '../core/errors';
import {Loss} from '../core/loss';
import {lossEntries} from './compile_entries';
import type {Entries, Entry, ModelInternals} from './model_internals';
import {ModelRecord} from './model_record';
import {updateSequential} from './sequential_models';

/** Members that `compile` sets up from losses and metrics, besides the optimizer. */
const COMPILED = [
  'loss',
  'lossFunctions',
  'feedLossFns',
  'feedOutputNames',
  'feedOutputShapes',
  'metrics',
  'metricsTensors',
  'metricsNames',
] as const;

/** Parts in which identically created losses differ: training state, and seeds drawn by default. */
const PROGRESS = new Set(['step', 'state', 'seed']);

/**
 * Prepares a compiled model for another loss: checks it like `compile`, and returns a function that installs it, even
 * during training. Optimizer, metrics and trainable weights stay.
 *
 * @param loss As for `compile`.
 * @throws ValueError if `compile` would, and for a loss that cannot read the labels of its predecessor.
 */
export function prepareLoss(model: ModelInternals, loss: Entries): () => void {
  const {outputNames, metrics, optimizer} = model;
  // `compile` writes to this object, and reads everything from the model.
  const compiled = Object.create(model) as ModelInternals;
  // tfjs's types do not allow mixing names and functions.
  compiled.compile({optimizer, loss, metrics} as never);
  const next = lossEntries(loss, outputNames);
  lossEntries(model.loss, outputNames).forEach((present, i) => {
    if (readsAnyLabels(present) && !readsAnyLabels(next[i])) {
      reject('loss', 'one that takes labels of any form, as the one before it does', next[i]);
    }
  });
  return () => {
    for (const key of COMPILED) {
      Object.assign(model, {[key]: Reflect.get(compiled, key)});
    }
    ModelRecord.move(compiled, model);
    updateSequential(model);
  };
}

/** Whether a model is compiled with this loss, or with an identically created one, possibly restored from a file. */
export function holdsLoss(model: ModelInternals, loss: Entries): boolean {
  const next = lossEntries(loss, model.outputNames);
  return lossEntries(model.loss, model.outputNames).every((present, i) => isAlike(present, next[i]));
}

function isAlike(a: Entry | undefined, b: Entry | undefined): boolean {
  if (a === b) return true;
  if (!(a instanceof Loss && b instanceof Loss) || a.constructor !== b.constructor) return false;
  return settingsOf(a) === settingsOf(b);
}

function settingsOf(loss: Loss): string {
  return JSON.stringify(loss.getConfig(), (key, value) => (PROGRESS.has(key) ? undefined : value));
}

function readsAnyLabels(loss: Entry | undefined): boolean {
  return loss instanceof Loss && loss.checksLabels;
}
