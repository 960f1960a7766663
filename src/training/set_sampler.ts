import {reject} from '../core/errors';

/**
 * Returns a function that gives `data` another sampler, and that returns one which restores the previous sampler.
 *
 * @param what Where the data comes from, for the message.
 * @throws ValueError for data without a `sampler`; and whatever the data throws for a sampler that does not fit it.
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
  // Fail now rather than epochs later.
  set(sampler)();
  return () => set(sampler);
}
