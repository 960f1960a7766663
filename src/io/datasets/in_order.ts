import type {Sampler} from '../../sampling/sampler';

/**
 * Every sample once, in the order of the data, so that predictions stand beside `labels`: the sampler of validation and
 * test data.
 */
export const inOrder: Sampler = Object.freeze({
  name: 'inOrder',
  order: ({length}: {length: number}) => Int32Array.from({length}, (_, i) => i),
});
