import type {SymbolicTensor} from '@tensorflow/tfjs-layers';
import type {MetricContext} from '../core/metric';
import {RowLoss} from '../losses/base/row_loss';
import {impliedActivation} from '../losses/implied_activation';
import {builtinName} from './builtin_functions';
import type {Entry} from './model_internals';
import {scoresContext} from './scores_context';

/**
 * What metrics of an output are told: what its loss takes, else what its last layer gives, else logits; and which label
 * its loss ignores and what it takes logits for.
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
