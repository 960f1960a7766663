import {serialization} from '@tensorflow/tfjs-core';
import {refusal} from './keras3_refusal';

type Json = Record<string, unknown>;

/** A layer in Keras 3's format. */
export interface LayerEntry {
  class_name: string;
  config: Json & {name: string};
  registered_name?: string | null;
  name?: string;
  inbound_nodes?: unknown[];
}

/** Options that TensorFlow.js lacks; without effect unless set. TensorFlow.js ignores all other unknown options. */
const LACKING = ['noise_shape', 'keepdims', 'renorm', 'quantization_config', 'lora_rank', 'threshold'];

/**
 * Converts a layer to Keras 2's format.
 *
 * @throws ValueError for a layer or an option that has no equivalent in TensorFlow.js.
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
  // Mixed policies keep weights in float32; here all results are float32 too.
  if (name === 'float32' || name === 'mixed_float16' || name === 'mixed_bfloat16') return 'float32';
  throw refusal(layer, 'dtype', dtype);
}

/** LeakyReLU's option is `alpha`; ReLU has none. */
function slopeOf(layer: string, slope: unknown): Json {
  if (layer === 'LeakyReLU') return {alpha: slope};
  if (slope !== 0) throw refusal(layer, 'negative_slope', slope);
  return {};
}

/** Strips Keras 3's additions from initializers, regularizers and constraints; replaces functions by their names. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const {class_name: name, config, registered_name: registered} = value as LayerEntry & {config: unknown};
  if (typeof name !== 'string') return value;
  if (typeof config === 'string') return config;
  if (registered?.includes('>')) return {class_name: registered, config};
  const {input_axes: _in, output_axes: _out, ...own} = config as Json;
  if (name === 'L1') return {class_name: 'L1L2', config: {l1: own.l1, l2: 0}};
  if (name === 'L2') return {class_name: 'L1L2', config: {l1: 0, l2: own.l2}};
  // Layers inside layers, as in Bidirectional and RNN.
  if ('name' in own && 'trainable' in own) return keras3Layer(value as LayerEntry);
  return {class_name: name, config: own};
}
