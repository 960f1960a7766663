import type {serialization, Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel, layers} from '@tensorflow/tfjs-layers';

type LayerConfig = {className: string; config: Record<string, unknown> & {name: string}};

/**
 * A model of its own with the same layers and weights, not compiled.
 *
 * @param changed The layer that differs.
 * @param change What differs in its configuration.
 * @param weights Its weights, from those it has; runs in a `tf.tidy`.
 */
export function copyModel(
  model: LayersModel,
  changed: layers.Layer,
  change: Record<string, unknown>,
  weights: (current: Tensor[]) => Tensor[],
): LayersModel {
  // Sequential models and others both read what they write, by a parameter that tfjs's types do not have.
  const cls = model.constructor as unknown as {
    fromConfig(
      cls: unknown,
      config: serialization.ConfigDict,
      customObjects: object,
      fastWeightInit: boolean,
    ): LayersModel;
  };
  const config = model.getConfig() as serialization.ConfigDict & {layers: LayerConfig[]};
  const own = config.layers.find((layer) => layer.config.name === changed.name) as LayerConfig;
  Object.assign(own.config, change);
  const copy = cls.fromConfig(cls, config, {}, true);
  tfc.tidy(() => {
    for (const layer of model.layers) {
      const current = layer.getWeights();
      const next = layer === changed ? weights(current) : current;
      if (next.length > 0) copy.getLayer(layer.name).setWeights(next);
    }
  });
  return copy;
}
