import {reject} from '../core/errors';

/**
 * What gives `data` another sampler, and in turn returns what gives it back the one that it had.
 *
 * @param what For the message: where the data comes from.
 * @throws ValueError for data that has no `sampler`; whatever the data throws for one that does not fit it.
 */
export function setSampler(what: string, data: unknown, sampler: unknown): () => () => void {
  if (typeof data !== 'object' || data === null || !('sampler' in data)) {
    return reject(
      'sampler',
      `left out, or ${what} to have a \`sampler\`, as \`indexedArrays\` makes it`,
      data,
    );
  }
  const sampled = data as {sampler: unknown};
  const set = (next: unknown) => {
    const before = sampled.sampler;
    sampled.sampler = next;
    return () => {
      sampled.sampler = before;
    };
  };
  // Now rather than epochs later.
  set(sampler)();
  return () => set(sampler);
}
