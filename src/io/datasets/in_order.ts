import {requireContext, type Sampler} from '../../sampling/sampler';

/**
 * Every sample once, in the order of the data, so that predictions stand beside `labels`: the sampler of validation and
 * test data.
 */
export const inOrder: Sampler = Object.freeze<Sampler>({
  name: 'inOrder',
  order: (context) => Int32Array.from({length: requireContext(context).length}, (_, i) => i),
});
