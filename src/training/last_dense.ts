import type {LayersModel, layers, SymbolicTensor} from '@tensorflow/tfjs-layers';
import {LayersModel as Model} from '@tensorflow/tfjs-layers';
import {reject, ValueError} from '../core/errors';

/** The activation after a model's logits, if any. */
export type LastActivation = 'linear' | 'softmax' | 'sigmoid';

/** The dense layer that produces a model's logits, and the activation after it. */
export interface LastDense {
  layer: layers.Layer;
  units: number;
  activation: LastActivation;
  /** The layer that has the activation. */
  activationLayer: layers.Layer;
}

/**
 * Finds the dense layer at the end of a single-output model; an activation may follow it as a separate layer.
 *
 * @throws ValueError naming the layer that is not dense, is used twice, or has an activation from which logits cannot
 *   be recovered.
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
