import type {io} from '@tensorflow/tfjs-core';
import {shorten} from '../../core/errors';
import {holdsTrainingConfig} from '../training_metadata';
import {type KerasCompiled, NotInTfjs} from './keras_config';
import {translateLosses} from './keras_losses';
import {translateMetrics} from './keras_metrics';
import {translateOptimizer} from './keras_optimizers';

// A file may hold names of any length.
const LONGEST = 500;

interface ModelConfig {
  config: Layer[] | GraphConfig;
  compile_config?: KerasCompiled;
}

interface GraphConfig {
  layers?: Layer[];
  output_layers?: [layer: string, node: number, tensor: number][];
}

interface Layer {
  config?: {name?: string};
}

interface Topology extends ModelConfig {
  model_config?: ModelConfig;
  training_config?: KerasCompiled;
}

/**
 * Gives a model that Keras's Python converter wrote its training configuration back. The converter leaves it where
 * tfjs does not look: in `modelTopology.training_config` (from HDF5 files) or in
 * `modelTopology.model_config.compile_config` (from `.keras` files). Artifacts that tfjs or this package saved with a
 * training configuration, and those that have none anywhere, are returned as they are.
 *
 * What tfjs would train differently (another optimizer, a learning-rate schedule, a loss from logits) is never
 * replaced by something similar: `console.warn` then says what it is, and the model comes back uncompiled, as tfjs
 * alone would load it. So it does where a class of Keras is called as one here, but is another. Metrics that tfjs does
 * not have are left out, with a warning too.
 *
 * @param artifacts What a handler's `load` gave; not changed.
 * @returns The artifacts, with `trainingConfig` where one was found.
 */
export function liftKerasTrainingConfig(artifacts: io.ModelArtifacts): io.ModelArtifacts {
  if (artifacts.trainingConfig != null || holdsTrainingConfig(artifacts.userDefinedMetadata))
    return artifacts;
  const topology = (artifacts.modelTopology ?? {}) as Topology;
  const compiled =
    topology.training_config ?? topology.model_config?.compile_config ?? topology.compile_config;
  if (compiled == null) return artifacts;
  try {
    return {
      ...artifacts,
      trainingConfig: translate(compiled, outputNames(topology.model_config ?? topology)),
    };
  } catch (error) {
    // Whatever else Keras may have written must not keep a model from loading that loads without us.
    const {message} = error as Error;
    const why = error instanceof NotInTfjs ? message : `its form is unknown (${message})`;
    console.warn(
      `The model's Keras configuration cannot be used here: ${shorten(why, LONGEST)}. ` +
        'It is loaded uncompiled: call model.compile() before training.',
    );
    return artifacts;
  }
}

function translate(compiled: KerasCompiled, outputs: string[]): io.TrainingConfig {
  for (const key of ['loss_weights', 'weighted_metrics', 'sample_weight_mode'] as const) {
    const value = compiled[key];
    if (Array.isArray(value) ? value.length > 0 : value)
      throw new NotInTfjs(`${key} = ${JSON.stringify(value)}`);
  }
  const optimizer = translateOptimizer(compiled.optimizer_config ?? compiled.optimizer);
  const loss = translateLosses(compiled.loss, outputs);
  const {metrics, unknown} = translateMetrics(compiled.metrics, loss, outputs);
  if (unknown.length > 0) {
    console.warn(
      `TensorFlow.js has no equal of these metrics, with which the model was compiled in Keras: ` +
        `${shorten(unknown.join(', '), LONGEST)}. It is loaded without them.`,
    );
  }
  // tfjs's type has fewer names than tfjs reads, and no objects.
  return {optimizer_config: optimizer, loss, metrics} as unknown as io.TrainingConfig;
}

// The layers whose outputs are the model's, which is how tfjs names its outputs.
function outputNames({config}: ModelConfig): string[] {
  const {output_layers: outputs, layers = config} = config as GraphConfig;
  if (outputs) return outputs.map(([name]) => name);
  const last = (layers as Layer[]).at(-1)?.config?.name;
  return last === undefined ? [] : [last];
}
