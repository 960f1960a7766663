import {reject} from '../core/errors';

/**
 * The configuration of a model that is no plain sequence, with layers that TensorFlow.js goes over as often as it needs
 * and no more: it makes a layer's calls once the layers before it have theirs, and would go round for ever where these never
 * come.
 *
 * @param config As `fromConfig` takes it, its keys in camel case; not changed.
 * @throws ValueError where two layers have one name, and where the layers are read once more.
 */
export function withBoundedLayers(config: unknown): unknown {
  const {layers} = (config ?? {}) as {layers?: unknown};
  if (!Array.isArray(layers)) return reject('modelTopology.config.layers', 'an array of layers', layers);
  // TensorFlow.js would keep the last of them, and weights of the others that nobody holds.
  const names = namesOf(layers);
  const twice = names.find((name, i) => name !== undefined && names.indexOf(name) < i);
  if (twice !== undefined) reject('modelTopology.config.layers', 'layers of different names', twice);
  const calls = layers.map((layer) => (layer?.inboundNodes as unknown[] | undefined)?.length ?? 0);
  // Once to make the layers; each round after that makes a call or none ever again.
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
