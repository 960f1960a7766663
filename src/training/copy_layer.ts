import type {layers} from '@tensorflow/tfjs-layers';

/** A layer of the same configuration, but for `change`, with weights of its own. */
export function copyLayer(layer: layers.Layer, change: Record<string, unknown> = {}): layers.Layer {
  const cls = layer.constructor as unknown as {fromConfig(cls: unknown, config: object): layers.Layer};
  return cls.fromConfig(cls, {...layer.getConfig(), trainable: true, ...change});
}
