import type {SymbolicTensor} from '@tensorflow/tfjs-layers';
import {Loss} from '../core/loss';
import type {MetricContext} from '../core/metric';
import {RowLoss} from '../losses/base/row_loss';
import {impliedActivation} from '../losses/implied_activation';
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

/**
 * Context for an output's metrics: whether predictions are logits, by its loss, else its last layer (default: logits);
 * the label that its loss ignores, and the activation that its loss applies to logits.
 */
export function metricContext(loss: Entry | undefined, output: SymbolicTensor): MetricContext {
  const ignoreLabel = loss instanceof RowLoss ? loss.ignoreLabel : undefined;
  const activation = activationOf(loss);
  return {
    ...scoresContext(loss, output),
    ...(ignoreLabel !== undefined && {ignoreLabel}),
    ...(activation !== undefined && {activation}),
  };
}

function activationOf(loss: Entry | undefined): MetricContext['activation'] {
  const name = typeof loss === 'string' ? loss : (builtinName(loss) ?? '');
  if (name === 'losses.sigmoidCrossEntropy') return 'sigmoid';
  return name === 'losses.softmaxCrossEntropy' ? 'softmax' : impliedActivation(loss);
}

function scoresContext(loss: Entry | undefined, output: SymbolicTensor): MetricContext {
  if (loss instanceof Loss && loss.expects !== undefined) return {fromLogits: loss.expects === 'logits'};
  const name = typeof loss === 'string' ? loss : (builtinName(loss) ?? '');
  if (LOSSES_OF_PROBABILITIES.has(name)) return {fromLogits: false};
  if (LOSSES_OF_LOGITS.has(name)) return {fromLogits: true};
  return {fromLogits: probabilityActivation(output) === undefined};
}
