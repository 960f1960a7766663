import * as tfc from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** Functions of TensorFlow.js that users pass as losses or metrics, by keys that bundlers do not rename. */
const NAMESPACES: Record<string, Record<string, unknown>> = {
  metrics: tfl.metrics,
  losses: tfc.losses,
};

/**
 * `metrics.recall` for `tf.metrics.recall`, `losses.softmaxCrossEntropy` for `tf.losses.softmaxCrossEntropy`, or
 * undefined.
 */
export function builtinName(fn: unknown): string | undefined {
  for (const [space, functions] of Object.entries(NAMESPACES)) {
    for (const key of Object.keys(functions)) if (functions[key] === fn) return `${space}.${key}`;
  }
  return undefined;
}

/** The function with a name from `builtinName`, or undefined. */
export function builtinFunction(name: string): unknown {
  const [space, key] = name.split('.');
  const functions = NAMESPACES[space];
  return functions != null && Object.hasOwn(functions, key) ? functions[key] : undefined;
}

const LOOKED_UP_BY_COMPILE = new Set([
  ...['accuracy', 'acc', 'crossentropy', 'ce', 'binaryAccuracy', 'categoricalAccuracy', 'precision'],
  ...['categoricalCrossentropy', 'sparseCategoricalCrossentropy', 'cosine'],
  ...['mse', 'MSE', 'mae', 'MAE', 'mape', 'MAPE'],
]);

/** Whether tfjs's `compile` knows a metric by this name: it knows fewer than `tf.metrics` has. */
export function isLookedUpByCompile(name: string): boolean {
  return LOOKED_UP_BY_COMPILE.has(name);
}
