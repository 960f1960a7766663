import {requireContext, type Sampler} from './sampler';

/**
 * Shows every image once per epoch, in random order: instance-balanced sampling, q = 1 of Kang et al. (arXiv
 * 1910.09217).
 */
export const uniform: Sampler = Object.freeze({
  name: 'uniform',
  order: (context) => {
    const {length, random} = requireContext(context);
    return random.shuffle(Int32Array.from({length}, (_, i) => i));
  },
} satisfies Sampler);
