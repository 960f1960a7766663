import {registeredObject} from './keras_classes';
import {deviation, isKerasObject, type KerasCompiled, type KerasEntry, nameAndConfig} from './keras_config';
import type {Losses} from './keras_losses';

type Metrics = KerasEntry[] | Record<string, KerasEntry[]>;

// Names that both libraries resolve by loss and output shape.
const BY_LOSS = ['accuracy', 'acc', 'crossentropy', 'ce'];

// tfjs's name, then Keras's. Its precision and recall compare with 1 instead of a threshold, unlike Keras's.
const METRICS = new Map(
  [
    ['binaryAccuracy', 'binary_accuracy', 'BinaryAccuracy'],
    ['categoricalAccuracy', 'categorical_accuracy', 'CategoricalAccuracy'],
    ['categoricalCrossentropy', 'categorical_crossentropy', 'CategoricalCrossentropy'],
    ['sparseCategoricalCrossentropy', 'sparse_categorical_crossentropy', 'SparseCategoricalCrossentropy'],
    ['mse', 'MSE', 'mean_squared_error', 'MeanSquaredError'],
    ['mae', 'MAE', 'mean_absolute_error', 'MeanAbsoluteError'],
    ['mape', 'MAPE', 'mean_absolute_percentage_error', 'MeanAbsolutePercentageError'],
    ['cosine', 'cosine_proximity'],
  ].flatMap(([name, ...aliases]) => [name, ...aliases].map((alias) => [alias, name] as const)),
);

/**
 * Converts the `metrics` that Keras compiled a model with to tfjs's format, and lists those without an equivalent
 * there. Keras writes a flat list (for all outputs), a list per output, or a dict by output.
 */
export function translateMetrics(
  metrics: KerasCompiled['metrics'],
  losses: Losses,
  outputs: string[],
): {metrics: Metrics; unknown: string[]} {
  const unknown: string[] = [];
  const translate = (entries: KerasEntry[], output: string) =>
    entries.flatMap((entry) => {
      const translated = translateMetric(entry, lossOf(output, losses, outputs));
      if (translated === undefined) unknown.push(nameAndConfig(entry).name);
      return translated ?? [];
    });
  if (metrics == null) return {metrics: [], unknown};
  const perOutput = Array.isArray(metrics) && metrics.some(Array.isArray);
  if (typeof metrics === 'string' || isKerasObject(metrics) || (Array.isArray(metrics) && !perOutput)) {
    return {metrics: translate([metrics].flat() as KerasEntry[], outputs[0]), unknown};
  }
  if (perOutput && outputs.length === 1) return {metrics: translate(metrics.flat(), outputs[0]), unknown};
  const entries = Array.isArray(metrics)
    ? metrics.slice(0, outputs.length).map((entry, i) => [outputs[i], entry] as const)
    : Object.entries(metrics);
  return {
    metrics: Object.fromEntries(entries.map(([name, entry]) => [name, translate([entry].flat(), name)])),
    unknown,
  };
}

function lossOf(output: string, losses: Losses, outputs: string[]): unknown {
  if (typeof losses === 'string' || isKerasObject(losses)) return losses;
  return Array.isArray(losses) ? losses[outputs.indexOf(output)] : losses[output];
}

function translateMetric(metric: KerasEntry, loss: unknown): KerasEntry | undefined {
  if (typeof metric === 'string' && BY_LOSS.includes(metric)) return metric;
  const {name: className, config} = nameAndConfig(metric);
  const name = className === 'MeanMetricWrapper' ? nameAndConfig(config.fn as KerasEntry).name : className;
  if (name === 'sparse_categorical_accuracy' || name === 'SparseCategoricalAccuracy') {
    return loss === 'sparse_categorical_crossentropy' ? 'accuracy' : undefined;
  }
  if (METRICS.has(name)) return deviation(config) ? undefined : METRICS.get(name);
  return registeredObject(metric, 'metric');
}
