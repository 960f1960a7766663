import {checkOptions} from '../core/check_options';
import {requireInteger} from '../core/require_integer';
import {ClassDraws} from './class_draws';
import {Cycle} from './cycle';
import {requireContext, type Sampler} from './sampler';

/** How {@link progressive} proceeds. */
export interface ProgressiveOptions {
  /** T: the number of epochs over which the change takes place, an integer ≥ 1. */
  epochs: number;
}

/**
 * Changes from `uniform` to `classAware`: in epoch t = 0, 1, … a share 1 − t/T of the draws is uniform over images and
 * t/T is class-aware, which all draws are from t = T on (Kang et al., arXiv 1910.09217, eq. 2, progressively-balanced
 * sampling).
 *
 * @throws ValueError for other options.
 */
export function progressive(options: ProgressiveOptions): Sampler {
  checkOptions('progressive', options, ['epochs']);
  const epochs = requireInteger('epochs', options.epochs, 1);
  return Object.freeze({
    name: 'progressive',
    options: {epochs},
    needsLabels: true,
    order: (context) => {
      const {length, epoch, random, classes} = requireContext(context);
      const draws = new ClassDraws(classes(), 0);
      const all = new Cycle(Int32Array.from({length}, (_, i) => i));
      const balanced = Math.min(1, epoch / epochs);
      return Int32Array.from({length}, () =>
        random.next() < balanced ? draws.next(random) : all.next(random),
      );
    },
  } satisfies Sampler);
}
