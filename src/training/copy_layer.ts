import type {layers} from '@tensorflow/tfjs-layers';
import {ofSameClass} from './of_same_class';

/** Copies a layer's configuration, except for `change`, into a layer with its own weights. */
export function copyLayer(layer: layers.Layer, change: Record<string, unknown> = {}): layers.Layer {
  return ofSameClass(layer, {...layer.getConfig(), trainable: true, ...change});
}
