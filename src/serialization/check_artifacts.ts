import type {io} from '@tensorflow/tfjs-core';
import {serialization} from '@tensorflow/tfjs-core';
import {LayersModel} from '@tensorflow/tfjs-layers';
import {reject} from '../core/errors';
import {toCamelCase} from './training_config';
import {grantWeights} from './weight_budget';

// What reads a file calls itself for each level, and V8's stack holds some thousand calls. Nested models take about ten.
const DEEPEST = 500;
const MODEL_KEYS = ['class_name', 'className', 'config', 'model_config'];

/**
 * Refuses artifacts that TensorFlow.js would run into rather than refuse. Goes on where `load` of any handler ends.
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

/** Level by level, as a recursion would overflow just as its readers do. */
function depthExceeds(json: unknown, most: number): boolean {
  let level = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((value) =>
      // A topology may be bytes.
      typeof value !== 'object' || value === null || value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? []
        : Object.values(value),
    );
  }
  return false;
}

/** Whether it is meant for tf.loadLayersModel: handlers load other things too. */
function isLayersModel({modelTopology, format}: io.ModelArtifacts): boolean {
  if (modelTopology instanceof ArrayBuffer) return false;
  const hasKey = (key: string) => typeof modelTopology === 'object' && key in modelTopology;
  return format === 'layers-model' || (modelTopology != null && MODEL_KEYS.some(hasKey));
}

/** The model itself, as far as TensorFlow.js looks at it before any method that can be replaced. */
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
