import type {LayersModel, layers, SymbolicTensor} from '@tensorflow/tfjs-layers';
import {LayersModel as Model} from '@tensorflow/tfjs-layers';
import {reject, ValueError} from '../core/errors';

/** What follows the logits of a model, if anything. */
export type LastActivation = 'linear' | 'softmax' | 'sigmoid';

/** The dense layer that makes a model's logits, and what follows it. */
export interface LastDense {
  layer: layers.Layer;
  units: number;
  activation: LastActivation;
  /** The layer that has the activation. */
  activationLayer: layers.Layer;
}

/**
 * The dense layer at the end of a model of one output; an activation may follow it as a layer of its own.
 *
 * @throws ValueError naming the layer that is none, is used twice, or has an activation after which logits cannot be
 *   told.
 */
export function lastDense(model: LayersModel): LastDense {
  if (!(model instanceof Model)) reject('model', 'a LayersModel', model);
  if (model.outputs.length !== 1) reject('model', 'a model of one output', `${model.outputs.length} outputs`);
  const outer = (model.outputs[0] as SymbolicTensor).sourceLayer;
  const inner = isActivation(outer) ? (outer.input as SymbolicTensor).sourceLayer : outer;
  if (inner.getClassName() !== 'Dense') {
    return refuse(inner, `ends in a dense layer, of logits, not in a ${inner.getClassName()}`);
  }
  if (inner.inboundNodes.length > 1) return refuse(inner, 'uses its last dense layer once');
  const [own, following] = [activationOf(inner), outer === inner ? 'linear' : activationOf(outer)];
  const [activation, activationLayer] = own === 'linear' ? [following, outer] : [own, inner];
  if (own !== 'linear' && following !== 'linear') return refuse(outer, 'has one activation after its logits');
  if (activation !== 'linear' && activation !== 'softmax' && activation !== 'sigmoid') {
    return refuse(activationLayer, `ends in logits, softmax or sigmoid, not in ${activation}`);
  }
  return {layer: inner, units: inner.getConfig().units as number, activation, activationLayer};
}

function isActivation(layer: layers.Layer): boolean {
  const name = layer.getClassName();
  return (name === 'Activation' || name === 'Softmax') && layer.inboundNodes.length === 1;
}

function activationOf(layer: layers.Layer): string {
  return layer.getClassName() === 'Softmax' ? 'softmax' : String(layer.getConfig().activation);
}

function refuse(layer: layers.Layer, expectation: string): never {
  throw new ValueError(`Expected \`model\` to be one that ${expectation}. Received: layer '${layer.name}'`);
}
