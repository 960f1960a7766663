import {ClassDraws} from './class_draws';
import {requireContext, type Sampler} from './sampler';

function classPower(name: string, q: number): Sampler {
  return Object.freeze({
    name,
    needsLabels: true,
    order: (context) => {
      const {length, random, classes} = requireContext(context);
      const draws = new ClassDraws(classes(), q);
      return Int32Array.from({length}, () => draws.next(random));
    },
  } satisfies Sampler);
}

/**
 * Draws every class equally often: class-balanced sampling, q = 0 of Kang et al. (arXiv 1910.09217). An epoch has as
 * many draws as there are images. Images without a class (background) count as one more class.
 */
export const classAware: Sampler = classPower('classAware', 0);

/**
 * Draws classes in proportion to the square root of their number of images, q = ½ of Kang et al. (arXiv 1910.09217). An
 * epoch has as many draws as there are images. Images without a class (background) count as one more class.
 */
export const squareRoot: Sampler = classPower('squareRoot', 0.5);
