import type {LayersModel, SymbolicTensor} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {checkOptions} from '../core/check_options';
import {reject, ValueError} from '../core/errors';
import {impliedActivation} from '../losses/implied_activation';
import {copyModel} from './copy_model';
import {lastDense} from './last_dense';

/** How logits become probabilities. */
export interface WithProbabilitiesOptions {
  /**
   * `'softmax'`: classes exclude each other; `'sigmoid'`: they do not. Default: that of the loss object the model is
   * compiled with; without one, softmax, or sigmoid for a single logit.
   */
  activation?: 'softmax' | 'sigmoid';
}

/**
 * A trained model of logits with their softmax or sigmoid as a last layer. What comes out is a plain LayersModel of its
 * own, not compiled, that needs nothing of this package to serve.
 *
 * @example
 * ```ts
 * const serving = withProbabilities(model, {activation: 'softmax'});
 * await serving.save('file:///tmp/serving');
 * ```
 *
 * @param model A Sequential or functional model of one output, which ends in a dense layer of C units.
 * @throws ValueError for a model that gives probabilities already, naming the layer.
 */
export function withProbabilities(model: LayersModel, options: WithProbabilitiesOptions = {}): LayersModel {
  checkOptions('withProbabilities', options, ['activation']);
  const {layer, units, activation: present, activationLayer} = lastDense(model);
  if (present !== 'linear') {
    throw new ValueError(
      `Expected \`model\` to be one of logits. Received: layer '${activationLayer.name}' gives a ${present} already`,
    );
  }
  const {activation = impliedActivation(model.loss) ?? (units === 1 ? 'sigmoid' : 'softmax')} = options;
  if (activation !== 'softmax' && activation !== 'sigmoid') {
    reject('activation', "'softmax' or 'sigmoid'", activation);
  }
  if (activation === 'softmax' && units === 1) {
    reject('activation', "'sigmoid' for a single logit, whose softmax is always 1", activation);
  }
  const copy = copyModel(model, layer, {}, (weights) => weights);
  const probabilities = tfl.layers.activation({activation, name: `${layer.name}_${activation}`});
  return tfl.model({
    inputs: copy.inputs as SymbolicTensor[],
    outputs: probabilities.apply(copy.outputs[0] as SymbolicTensor) as SymbolicTensor,
    name: copy.name,
  });
}
