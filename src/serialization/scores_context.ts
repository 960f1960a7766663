import type {SymbolicTensor} from '@tensorflow/tfjs-layers';
import {Loss} from '../core/loss';
import type {MetricContext} from '../core/metric';
import {probabilityActivation} from './activation_check';
import {builtinName} from './builtin_functions';
import type {Entry} from './model_internals';

const LOSSES_OF_PROBABILITIES = new Set([
  'binaryCrossentropy',
  'categoricalCrossentropy',
  'kullbackLeiblerDivergence',
  'losses.logLoss',
  'metrics.binaryCrossentropy',
  'metrics.categoricalCrossentropy',
  'sparseCategoricalCrossentropy',
]);
const LOSSES_OF_LOGITS = new Set(['losses.sigmoidCrossEntropy', 'losses.softmaxCrossEntropy']);

/** Whether an output gives logits: what its loss takes, else what its last layer gives. */
export function scoresContext(loss: Entry | undefined, output: SymbolicTensor): MetricContext {
  if (loss instanceof Loss && loss.expects !== undefined) return {fromLogits: loss.expects === 'logits'};
  const name = typeof loss === 'string' ? loss : (builtinName(loss) ?? '');
  if (LOSSES_OF_PROBABILITIES.has(name)) return {fromLogits: false};
  if (LOSSES_OF_LOGITS.has(name)) return {fromLogits: true};
  return {fromLogits: probabilityActivation(output) === undefined};
}
