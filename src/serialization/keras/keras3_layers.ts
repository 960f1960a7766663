import {serialization} from '@tensorflow/tfjs-core';
import {refusal} from './keras3_refusal';

type Json = Record<string, unknown>;

/** A layer as Keras 3 writes it. */
export interface LayerEntry {
  class_name: string;
  config: Json & {name: string};
  registered_name?: string | null;
  name?: string;
  inbound_nodes?: unknown[];
}

/** Options that TensorFlow.js lacks; they change nothing where they are not set. Other unknown ones it leaves aside. */
const LACKING = ['noise_shape', 'keepdims', 'renorm', 'quantization_config', 'lora_rank', 'threshold'];

/**
 * A layer in the form of Keras 2.
 *
 * @throws ValueError for a layer and for options that TensorFlow.js has no equal of.
 */
export function keras3Layer({class_name: className, config, registered_name: registered}: LayerEntry): Json {
  const name = registered?.includes('>') ? registered : className;
  const {classNameMap} = serialization.SerializationMap.getMap();
  if (!Object.hasOwn(classNameMap, name)) throw refusal(name, 'name', config.name);
  const own: Json = {};
  for (const [key, value] of Object.entries(config)) {
    if (key === 'groups' ? value !== 1 : value && LACKING.includes(key)) throw refusal(name, key, value);
    if (LACKING.includes(key)) continue;
    if (key === 'batch_shape') own.batch_input_shape = value;
    else if (key === 'dtype') own.dtype = dtypeOf(name, value);
    else if (key === 'negative_slope') Object.assign(own, slopeOf(name, value));
    else own[key] = plain(value);
  }
  return {class_name: name, config: own};
}

function dtypeOf(layer: string, dtype: unknown): unknown {
  const name = typeof dtype === 'string' ? dtype : ((dtype as Json | null)?.config as Json | undefined)?.name;
  if (name === 'int32' || name === 'bool') return name;
  // Weights of mixed policies are float32, and so are all results here.
  if (name === 'float32' || name === 'mixed_float16' || name === 'mixed_bfloat16') return 'float32';
  throw refusal(layer, 'dtype', dtype);
}

/** LeakyReLU calls it alpha; ReLU has none. */
function slopeOf(layer: string, slope: unknown): Json {
  if (layer === 'LeakyReLU') return {alpha: slope};
  if (slope !== 0) throw refusal(layer, 'negative_slope', slope);
  return {};
}

/** Initializers, regularizers and constraints without Keras 3's additions; functions by their names. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const {class_name: name, config, registered_name: registered} = value as LayerEntry & {config: unknown};
  if (typeof name !== 'string') return value;
  if (typeof config === 'string') return config;
  if (registered?.includes('>')) return {class_name: registered, config};
  const {input_axes: _in, output_axes: _out, ...own} = config as Json;
  if (name === 'L1') return {class_name: 'L1L2', config: {l1: own.l1, l2: 0}};
  if (name === 'L2') return {class_name: 'L1L2', config: {l1: 0, l2: own.l2}};
  // Layers around layers, as Bidirectional and RNN have them.
  if ('name' in own && 'trainable' in own) return keras3Layer(value as LayerEntry);
  return {class_name: name, config: own};
}
