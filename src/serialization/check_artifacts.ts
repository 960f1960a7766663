import type {io} from '@tensorflow/tfjs-core';
import {serialization} from '@tensorflow/tfjs-core';
import {LayersModel} from '@tensorflow/tfjs-layers';
import {reject} from '../core/errors';
import {toCamelCase} from './training_config';
import {grantWeights} from './weight_budget';

// Readers of a file recurse for each level, and V8's stack holds a few thousand calls. Nested models need about ten.
const DEEPEST = 500;
const MODEL_KEYS = ['class_name', 'className', 'config', 'model_config'];

/**
 * Refuses artifacts on which TensorFlow.js would crash or hang. Runs after any handler's `load`.
 *
 * @returns The artifacts themselves.
 * @throws ValueError naming the part.
 */
export function checkArtifacts(artifacts: io.ModelArtifacts): io.ModelArtifacts {
  const {modelTopology, trainingConfig, userDefinedMetadata} = artifacts;
  for (const [name, part] of Object.entries({modelTopology, trainingConfig, userDefinedMetadata})) {
    if (depthExceeds(part, DEEPEST)) reject(name, `nested to a depth of at most ${DEEPEST}`, part);
  }
  if (isLayersModel(artifacts)) {
    checkModel(modelTopology);
    grantWeights(artifacts.weightSpecs);
  }
  return artifacts;
}

/** Goes level by level, as recursion would overflow like the readers. */
function depthExceeds(json: unknown, most: number): boolean {
  let level = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((value) =>
      // A topology may be binary.
      typeof value !== 'object' || value === null || value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? []
        : Object.values(value),
    );
  }
  return false;
}

/** Whether the artifacts are for tf.loadLayersModel: handlers load other things too. */
function isLayersModel({modelTopology, format}: io.ModelArtifacts): boolean {
  if (modelTopology instanceof ArrayBuffer) return false;
  const hasKey = (key: string) => typeof modelTopology === 'object' && key in modelTopology;
  return format === 'layers-model' || (modelTopology != null && MODEL_KEYS.some(hasKey));
}

/** Checks the parts of the model that TensorFlow.js reads before calling any method that can be replaced. */
function checkModel(topology: unknown): void {
  const {model_config: inner} = (topology ?? {}) as {model_config?: unknown};
  const model = Object.entries((inner ?? topology ?? {}) as object).map(([key, value]) => [
    toCamelCase(key),
    value,
  ]);
  const {className, config} = Object.fromEntries(model) as Record<string, unknown>;
  const {classNameMap} = serialization.SerializationMap.getMap();
  const name = typeof className === 'string' ? toCamelCase(className) : '';
  const cls = Object.hasOwn(classNameMap, name) ? classNameMap[name][0] : undefined;
  if (!(cls?.prototype instanceof LayersModel) && cls !== LayersModel)
    reject('modelTopology.class_name', 'the name of a class of models', className);
  if (typeof config !== 'object' || config === null) reject('modelTopology.config', 'an object', config);
}
