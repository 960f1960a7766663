import type {serialization, Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel, layers} from '@tensorflow/tfjs-layers';
import {ofSameClass} from './of_same_class';

type LayerConfig = {className: string; config: Record<string, unknown> & {name: string}};

/**
 * Copies a model, with the same layers and weights, uncompiled.
 *
 * @param changed The layer that differs.
 * @param change How its configuration differs.
 * @param weights Computes its weights from those it has; runs in a `tf.tidy`.
 */
export function copyModel(
  model: LayersModel,
  changed: layers.Layer,
  change: Record<string, unknown>,
  weights: (current: Tensor[]) => Tensor[],
): LayersModel {
  const config = model.getConfig() as serialization.ConfigDict & {layers: LayerConfig[]};
  const own = config.layers.find((layer) => layer.config.name === changed.name) as LayerConfig;
  Object.assign(own.config, change);
  // No custom objects. Initial values are not needed, as all weights are set below.
  const copy = ofSameClass(model, config, {}, true);
  tfc.tidy(() => {
    for (const layer of model.layers) {
      const current = layer.getWeights();
      const next = layer === changed ? weights(current) : current;
      if (next.length > 0) copy.getLayer(layer.name).setWeights(next);
    }
  });
  return copy;
}
