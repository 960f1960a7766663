import type {io} from '@tensorflow/tfjs-core';
import {shorten} from '../../core/errors';
import {holdsTrainingConfig} from '../training_metadata';
import {type KerasCompiled, NotInTfjs} from './keras_config';
import {translateLosses} from './keras_losses';
import {translateMetrics} from './keras_metrics';
import {translateOptimizer} from './keras_optimizers';

// Names in a file may have any length.
const LONGEST = 500;

interface ModelConfig {
  config?: Layer[] | {layers?: Layer[]; output_layers?: [layer: string, node: number, tensor: number][]};
  compile_config?: KerasCompiled;
}

interface Layer {
  config?: {name?: string};
}

interface Topology extends ModelConfig {
  model_config?: ModelConfig;
  training_config?: KerasCompiled;
}

/**
 * Restores the training configuration of a model written by Keras's Python converter. The converter puts it where tfjs
 * does not look: in `modelTopology.training_config` (from HDF5 files) or in `modelTopology.model_config.compile_config`
 * (from `.keras` files). Artifacts saved by tfjs or this package with a training configuration, and those without any,
 * are returned unchanged.
 *
 * Anything tfjs would train differently (another optimizer, a learning-rate schedule, a loss from logits) is never
 * replaced by something similar: `console.warn` names it, and the model is returned uncompiled, as by tfjs itself. The
 * same goes for a Keras class that only shares its name with one here. Metrics that tfjs lacks are left out with a
 * warning.
 *
 * @param artifacts The result of a handler's `load`; not modified.
 * @returns The artifacts, with `trainingConfig` if one was found.
 */
export function liftKerasTrainingConfig(artifacts: io.ModelArtifacts): io.ModelArtifacts {
  if (artifacts.trainingConfig != null || holdsTrainingConfig(artifacts.userDefinedMetadata))
    return artifacts;
  const topology = artifacts.modelTopology as Topology | undefined;
  const compiled =
    topology?.training_config ?? topology?.model_config?.compile_config ?? topology?.compile_config;
  if (compiled == null) return artifacts;
  try {
    return {
      ...artifacts,
      trainingConfig: translate(compiled, outputNames(topology?.model_config ?? topology)),
    };
  } catch (error) {
    // Unexpected content must not break loading of a model that tfjs itself would load.
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
  // tfjs's type lists fewer names than tfjs reads, and no objects.
  return {optimizer_config: optimizer, loss, metrics} as unknown as io.TrainingConfig;
}

// Names of the layers whose outputs are the model's; tfjs names outputs by them.
function outputNames(model: ModelConfig | undefined): string[] {
  const config = model?.config;
  if (!Array.isArray(config) && config?.output_layers) return config.output_layers.map(([name]) => name);
  const last = (Array.isArray(config) ? config : config?.layers)?.at(-1)?.config?.name;
  return last === undefined ? [] : [last];
}
