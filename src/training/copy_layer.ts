import type {layers} from '@tensorflow/tfjs-layers';
import {ofSameClass} from './of_same_class';

/** A layer of the same configuration, but for `change`, with weights of its own. */
export function copyLayer(layer: layers.Layer, change: Record<string, unknown> = {}): layers.Layer {
  return ofSameClass(layer, {...layer.getConfig(), trainable: true, ...change});
}
