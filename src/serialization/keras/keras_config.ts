/** An object serialized by Keras; `config` is a name if `class_name` is `function`. */
export interface KerasObject {
  class_name: string;
  config: Record<string, unknown> | string;
  /** `package>Class`, which the converter keeps only for HDF5 files, as `class_name`. */
  registered_name?: string | null;
}

export type KerasEntry = string | KerasObject;
type Each<T> = T | (T | T[])[] | {[output: string]: T | T[]} | null;

/** Keras's record of `model.compile(…)`: `training_config` in HDF5 files, `compile_config` in `.keras` files. */
export interface KerasCompiled {
  optimizer_config?: KerasObject | string;
  optimizer?: KerasObject | string;
  loss?: Each<KerasEntry>;
  metrics?: Each<KerasEntry>;
  loss_weights?: unknown;
  weighted_metrics?: unknown;
  sample_weight_mode?: unknown;
}

/** Thrown internally for parts that tfjs would train differently; the message names them. */
export class NotInTfjs extends Error {}

export function isKerasObject(value: unknown): value is KerasObject {
  const isObject = typeof value === 'object' && value !== null;
  // An output may be named class_name.
  return isObject && typeof (value as {class_name?: unknown}).class_name === 'string';
}

/**
 * The name of a function or class, and the class's configuration. Names from a user's package contain it,
 * `mine>MeanSquaredError`, unlike built-in ones.
 */
export function nameAndConfig(entry: KerasEntry): {name: string; config: Record<string, unknown>} {
  if (typeof entry === 'string') return {name: entry, config: {}};
  const {class_name, registered_name, config} = entry;
  const name = typeof config === 'string' ? config : class_name;
  return {
    name: registered_name?.includes('>') ? registered_name : name,
    config: typeof config === 'string' ? {} : (config ?? {}),
  };
}

/** Names of tfjs's reduction. */
export const AVERAGE = ['auto', 'sum_over_batch_size', 'mean', 'mean_with_sample_weight'];

/** The option, as `key = value`, that makes a loss or metric differ from tfjs's. */
export function deviation(config: Record<string, unknown>): string | undefined {
  const differs = ([key, value]: [string, unknown]) => {
    if (key === 'name' || key === 'dtype' || key === 'fn') return false;
    if (key === 'reduction') return !AVERAGE.includes(value as string);
    if (key === 'threshold') return value !== 0.5;
    return Boolean(value) && !(key === 'axis' && value === -1);
  };
  const found = Object.entries(config).find(differs);
  return found && `${found[0]} = ${JSON.stringify(found[1])}`;
}
