import {keras3Layer, type LayerEntry} from './keras3_layers';
import {refusal} from './keras3_refusal';

type Json = Record<string, unknown>;
/** [layer, node, tensor], both versions' notation for a tensor. */
type TensorPlace = [layer: string, node: number, tensor: number];

/** A model's topology in Keras 3's format. */
interface Keras3Model {
  class_name: string;
  config: Json & {layers: Json[]; input_layers?: unknown; output_layers?: unknown};
}

/**
 * Converts a Keras 3 topology to Keras 2's format, which TensorFlow.js reads; returns any other unchanged. Keras 3 is
 * recognized by `module`, which Keras 2 does not write.
 *
 * @param topology `modelTopology`: the result of `model.to_json()`, or `{keras_version, model_config}` around it; not
 *   modified.
 * @throws ValueError for a layer or an option that TensorFlow.js would compute differently, or not at all.
 */
export function liftKeras3Topology(topology: unknown): unknown {
  if (!isObject(topology)) return topology;
  if (isObject(topology.model_config)) {
    const model = liftKeras3Topology(topology.model_config);
    return model === topology.model_config ? topology : {...topology, model_config: model};
  }
  return isKeras3Model(topology) ? modelOf(topology) : topology;
}

function isKeras3Model(topology: Json): topology is Json & Keras3Model {
  const {module, class_name: name, config} = topology;
  const isModel = name === 'Sequential' || name === 'Functional';
  return typeof module === 'string' && isModel && isObject(config) && Array.isArray(config.layers);
}

function modelOf({class_name, config, compile_config}: Json & Keras3Model): Json {
  const layers = config.layers.map((entry) =>
    layerOf(entry as Json & LayerEntry, class_name !== 'Sequential'),
  );
  // Empty if the model was not compiled.
  const isCompiled = isObject(compile_config) && Object.keys(compile_config).length > 0;
  const compiled = isCompiled ? {compile_config} : {};
  if (class_name === 'Sequential') return {class_name, config: {name: config.name, layers}, ...compiled};
  return {
    class_name: 'Model',
    config: {
      name: config.name,
      layers,
      input_layers: placesOf(config.input_layers),
      output_layers: placesOf(config.output_layers),
    },
    ...compiled,
  };
}

function layerOf(entry: Json & LayerEntry, isInGraph: boolean): Json {
  const layer = isKeras3Model(entry) ? modelOf(entry) : keras3Layer(entry);
  if (!isInGraph) return layer;
  const nodes = (entry.inbound_nodes as Json[]).map((node) => nodeOf(node, entry));
  return {...layer, name: entry.name ?? entry.config.name, inbound_nodes: nodes};
}

/** The tensors that a layer was called with: all positional arguments, in order. */
function nodeOf({args, kwargs}: Json, {class_name: layer}: LayerEntry): unknown[] {
  const others = Object.entries((kwargs ?? {}) as Json).filter(([key, value]) => !isDefault(key, value));
  if (others.length > 0) throw refusal(layer, others[0][0], others[0][1]);
  const tensors: unknown[] = [];
  for (const argument of [args].flat(3)) {
    const history = isObject(argument) && (argument.config as Json | undefined)?.keras_history;
    if (!Array.isArray(history)) throw refusal(layer, 'an argument', argument);
    tensors.push([...history, {}]);
  }
  return tensors;
}

const isDefault = (key: string, value: unknown) => value === null || key === 'training';

/** Flattens one place, or several in lists or by names, to a list. */
function placesOf(of: unknown): TensorPlace[] {
  if (isObject(of)) return Object.values(of).flatMap(placesOf);
  const list = of as unknown[];
  return typeof list[0] === 'string' ? [list as TensorPlace] : list.flatMap(placesOf);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
