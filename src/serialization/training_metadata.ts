import * as tfc from '@tensorflow/tfjs-core';
import {reject, show, ValueError} from '../core/errors';
import {isLookedUpByCompile} from './builtin_functions';
import {isSerializedObject, type SerializedEntries, toCamelCase} from './training_config';

/** The key in user-defined metadata for what plain TensorFlow.js cannot read. */
export const METADATA_KEY = 'tfjs-longtail';
/** Files with a higher number are refused. Version 0.1 wrote no number, and `trainingConfig` instead of metadata. */
const FORMAT_VERSION = 1;

/** `trainingConfig` with objects among its losses and metrics. */
export interface TrainingConfig {
  loss?: SerializedEntries;
  metrics?: SerializedEntries;
  optimizer_config: {class_name: string; config: unknown};
}

/**
 * Puts the training configuration where `loadLayersModel` looks for it, if it holds only names that `compile` accepts.
 * Otherwise it goes into the user-defined metadata: TensorFlow.js without this package then loads the model uncompiled,
 * for prediction.
 *
 * @throws ValueError if the user's own metadata uses the key.
 */
export function withTrainingConfig(
  artifacts: tfc.io.ModelArtifacts,
  config: TrainingConfig,
): tfc.io.ModelArtifacts {
  if (isReadableByTfjs(config.loss) && isReadableByTfjs(config.metrics, isMetric)) {
    // tfjs's type lists fewer names than tfjs reads.
    return {...artifacts, trainingConfig: config as unknown as tfc.io.TrainingConfig};
  }
  const metadata = artifacts.userDefinedMetadata ?? {};
  if (METADATA_KEY in metadata) {
    reject(
      'userDefinedMetadata',
      `an object without the key '${METADATA_KEY}', which this package needs`,
      metadata,
    );
  }
  // tfjs refuses metadata that contains undefined.
  const plain = JSON.parse(JSON.stringify({format_version: FORMAT_VERSION, ...config}));
  return {...artifacts, userDefinedMetadata: {...metadata, [METADATA_KEY]: plain}};
}

/** Whether a file's metadata contains the training configuration. */
export function holdsTrainingConfig(metadata: unknown): metadata is {[METADATA_KEY]: TrainingConfig} {
  const held = (metadata as Record<string, unknown> | null | undefined)?.[METADATA_KEY];
  return typeof held === 'object' && held !== null && 'format_version' in held;
}

/**
 * Splits a file's metadata into the training configuration and the user's metadata, undefined if there is none.
 *
 * @throws ValueError for a file of a newer format, and for one without a loss or a known optimizer.
 */
export function splitMetadata(metadata: {[METADATA_KEY]: TrainingConfig}): {
  config: TrainingConfig;
  own: Record<string, unknown> | undefined;
} {
  const {[METADATA_KEY]: held, ...own} = metadata;
  const {format_version: version, ...config} = held as TrainingConfig & {format_version: unknown};
  if (Number.isInteger(version) && (version as number) < 1) {
    reject(`${METADATA_KEY}.format_version`, 'an integer ≥ 1', version);
  }
  if (!(Number.isInteger(version) && (version as number) <= FORMAT_VERSION)) {
    const format = typeof version === 'object' ? show(version) : version;
    throw new ValueError(
      `The model's training configuration has format ${format}; this version of tfjs-longtail reads formats up to ` +
        `${FORMAT_VERSION}. Update tfjs-longtail to train the model on.`,
    );
  }
  if (config.loss == null) reject(`${METADATA_KEY}.loss`, 'what a model was compiled with', config.loss);
  requireOptimizer(config.optimizer_config);
  return {config, own: Object.keys(own).length > 0 ? own : undefined};
}

function requireOptimizer(json: unknown): void {
  const {class_name: name, config} = (json ?? {}) as {class_name?: unknown; config?: unknown};
  const of = `${METADATA_KEY}.optimizer_config`;
  if (typeof name !== 'string' || typeof config !== 'object' || config === null) {
    reject(of, '{class_name, config}', json);
  }
  const {classNameMap} = tfc.serialization.SerializationMap.getMap();
  const cls = Object.hasOwn(classNameMap, name) ? classNameMap[name][0] : undefined;
  if (cls === undefined || !(cls.prototype instanceof tfc.Optimizer)) {
    reject(`${of}.class_name`, 'the name of an optimizer that TensorFlow.js has', name);
  }
}

function isReadableByTfjs(entries: SerializedEntries | undefined, isKnown = (_: string) => true): boolean {
  if (entries === undefined || typeof entries === 'string') return entries === undefined || isKnown(entries);
  if (isSerializedObject(entries)) return false;
  return Object.values(entries)
    .flat()
    .every((entry) => typeof entry === 'string' && isKnown(entry));
}

// Others, such as that of tf.metrics.recall, are written by tfjs but cannot be read.
const isMetric = (name: string) => isLookedUpByCompile(toCamelCase(name));
