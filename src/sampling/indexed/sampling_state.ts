import {reject, show, ValueError} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {type Sampler, type SamplerRecord, samplerRecord} from '../sampler';

/** The position of an indexed dataset: plain JSON. */
export interface SamplingState {
  /** The seed of the order. */
  seed: number;
  /** The current pass, or the next one. */
  epoch: number;
  /** Samples of that pass already delivered. */
  position: number;
  /** The number of samples in the data. */
  length: number;
  /** The sampler of that pass. */
  sampler: SamplerRecord;
}

/**
 * @throws ValueError for a state of other data or another sampler, and if it is not a state.
 */
export function checkState(state: SamplingState, length: number, sampler: Sampler): void {
  if (typeof state !== 'object' || state === null) reject('state', 'what `getState` returned', state);
  requireInteger('state.seed', state.seed, Number.MIN_SAFE_INTEGER);
  requireInteger('state.epoch', state.epoch, 0);
  requireInteger('state.position', state.position, 0);
  if (state.length !== length) reject('state.length', `${length}, the number of samples`, state.length);
  const [saved, own] = [state.sampler, samplerRecord(sampler)].map(textOf);
  if (saved !== own) {
    throw new ValueError(
      `Expected \`state.sampler\` to be that of the dataset, ${own} (assign \`sampler\` first). Received: ${saved}`,
    );
  }
}

// Databases that hold JSON may reorder its keys.
function textOf(record: SamplerRecord | undefined): string {
  return `${show(record?.name)} ${JSON.stringify(Object.entries(record?.options ?? {}).sort())}`;
}
