import {reject} from '../core/errors';

/**
 * Limits how often TensorFlow.js iterates over the layers in the configuration of a non-sequential model. It makes a
 * layer's calls once the layers before it have theirs, and would loop forever if those never come.
 *
 * @param config The argument of `fromConfig`, with keys in camel case; not modified.
 * @throws ValueError if two layers share a name, and when the layers are read once too often.
 */
export function withBoundedLayers(config: unknown): unknown {
  const {layers} = (config ?? {}) as {layers?: unknown};
  if (!Array.isArray(layers)) return reject('modelTopology.config.layers', 'an array of layers', layers);
  // TensorFlow.js would keep the last one, and leak the weights of the others.
  const names = namesOf(layers);
  const twice = names.find((name, i) => name !== undefined && names.indexOf(name) < i);
  if (twice !== undefined) reject('modelTopology.config.layers', 'layers of different names', twice);
  const calls = layers.map((layer) => (layer?.inboundNodes as unknown[] | undefined)?.length ?? 0);
  // One round creates the layers; each later round makes at least one call, or no call is possible any more.
  let rounds = calls.reduce((sum, count) => sum + count, 2);
  const bounded = [...layers];
  Object.defineProperty(bounded, Symbol.iterator, {
    value: () => {
      if (rounds-- > 0) return layers[Symbol.iterator]();
      return reject('inbound_nodes', 'calls of layers that lead back to an input', namesOf(layers));
    },
  });
  return {...(config as object), layers: bounded};
}

function namesOf(layers: Array<{name?: unknown} | null>): unknown[] {
  return layers.map((layer) => layer?.name);
}
