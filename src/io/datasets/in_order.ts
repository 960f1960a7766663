import {requireContext, type Sampler} from '../../sampling/sampler';

/** Samples validation and test data: every sample once, in dataset order, so that predictions line up with `labels`. */
export const inOrder: Sampler = Object.freeze<Sampler>({
  name: 'inOrder',
  order: (context) => Int32Array.from({length: requireContext(context).length}, (_, i) => i),
});
