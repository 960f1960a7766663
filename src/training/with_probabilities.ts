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
   * `'softmax'`: classes are mutually exclusive; `'sigmoid'`: they are not. Default: that of the loss object the model
   * is compiled with; without one, softmax, or sigmoid for a single logit.
   */
  activation?: 'softmax' | 'sigmoid';
}

/**
 * Appends a softmax or sigmoid layer to a trained model of logits. The result is a new, uncompiled LayersModel, which
 * can be served without this package.
 *
 * @example
 * ```ts
 * const serving = withProbabilities(model, {activation: 'softmax'});
 * await serving.save('file:///tmp/serving');
 * ```
 *
 * @param model A Sequential or functional single-output model that ends in a dense layer of C units.
 * @throws ValueError for a model that already outputs probabilities, naming the layer.
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
