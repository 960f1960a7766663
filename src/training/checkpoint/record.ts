import type {io} from '@tensorflow/tfjs-core';
import {crc32} from '../../core/crc32';
import {reject, show, ValueError} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import type {SamplingState} from '../../sampling/indexed/sampling_state';

/** The key in the user-defined metadata that marks a saved model as a checkpoint. */
const KEY = 'tfjs-longtail-checkpoint';
const FORMAT_VERSION = 1;
/** All parts of a saved model except its weights and the dates that handlers set. */
const PARTS = [
  'modelTopology',
  'weightSpecs',
  'format',
  'generatedBy',
  'convertedBy',
  'trainingConfig',
  'signature',
  'userDefinedMetadata',
  'modelInitializer',
  'initializerSignature',
] as const;

/** The state of training, as plain JSON. */
export interface CheckpointRecord {
  /** Completed epochs, the `initialEpoch` to continue with. */
  epoch: number;
  /** The position in the dataset. */
  data?: SamplingState;
  /** States of other objects by name. */
  states: Record<string, unknown>;
}

/** Adds `record` and a checksum over everything to `artifacts`. */
export function seal(artifacts: io.ModelArtifacts, record: CheckpointRecord): io.ModelArtifacts {
  const held = {format_version: FORMAT_VERSION, ...record};
  const metadata = {...artifacts.userDefinedMetadata, [KEY]: held};
  const sealed = {...artifacts, userDefinedMetadata: JSON.parse(JSON.stringify(metadata))};
  sealed.userDefinedMetadata[KEY].checksum = checksumOf(sealed);
  return sealed;
}

/**
 * The inverse of {@link seal}.
 *
 * @throws ValueError if any byte differs from those saved, or if it is not a checkpoint.
 */
export function unseal(artifacts: io.ModelArtifacts): {
  artifacts: io.ModelArtifacts;
  record: CheckpointRecord;
} {
  const {[KEY]: held, ...own}: {[key: string]: object} = artifacts.userDefinedMetadata ?? {};
  if (typeof held !== 'object' || held === null)
    throw new ValueError(`It has no record '${KEY}' among its metadata.`);
  const {checksum, ...record} = held as {checksum?: unknown} & CheckpointRecord & {format_version: unknown};
  const found = checksumOf({...artifacts, userDefinedMetadata: {...own, [KEY]: record}});
  if (checksum !== found)
    throw new ValueError(`Its checksum is ${checksum}, but that of what it holds is ${found}.`);
  const isEmpty = Object.keys(own).length === 0;
  return {artifacts: {...artifacts, userDefinedMetadata: isEmpty ? undefined : own}, record};
}

/** @throws ValueError for a record of a newer version. */
export function checkRecord(record: CheckpointRecord): void {
  const {format_version: version, epoch, states} = record as CheckpointRecord & {format_version?: unknown};
  if (version !== FORMAT_VERSION) {
    throw new ValueError(
      `The checkpoint has format ${show(version)}; this version of tfjs-longtail reads format ${FORMAT_VERSION}. Update it.`,
    );
  }
  requireInteger('epoch', epoch, 0);
  if (typeof states !== 'object' || states === null) reject('states', 'an object', states);
}

function checksumOf(artifacts: io.ModelArtifacts): string {
  const parts = PARTS.map((part) => artifacts[part] ?? null);
  let crc = crc32(new TextEncoder().encode(JSON.stringify(parts)));
  for (const buffer of [artifacts.weightData ?? []].flat()) crc = crc32(new Uint8Array(buffer), crc);
  return crc.toString(16).padStart(8, '0');
}
