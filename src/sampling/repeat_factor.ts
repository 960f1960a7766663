import {checkOptions} from '../core/check_options';
import {imageRepeatFactor, repeatFactors, requireThreshold, roundStochastically} from './repeat_factors';
import {requireContext, type Sampler} from './sampler';

/** How {@link repeatFactor} repeats. */
export interface RepeatFactorOptions {
  /** t: images of classes with a lower frequency f = n_j / N are repeated. Above 0, up to 1; LVIS: 0.001. */
  threshold: number;
}

/**
 * Shows every image r = max(1, √(t / f)) times per epoch on average, in random order; f is the frequency of its rarest
 * class (repeat-factor sampling of LVIS, arXiv 1908.03195, appendix B). In each epoch r is rounded up or down at
 * random, as in detectron2. An image without a class (background) is shown once.
 *
 * @throws ValueError for other options.
 */
export function repeatFactor(options: RepeatFactorOptions): Sampler {
  checkOptions('repeatFactor', options, ['threshold']);
  const threshold = requireThreshold(options.threshold);
  return Object.freeze({
    name: 'repeatFactor',
    options: {threshold},
    needsLabels: true,
    varies: true,
    order: (context) => {
      const {length, random, classes} = requireContext(context);
      const labels = classes();
      const frequencies = Float64Array.from(labels.images, (images) => images.length / length);
      const factors = repeatFactors(frequencies, threshold);
      const order: number[] = [];
      for (let i = 0; i < length; ++i) {
        const times = roundStochastically(imageRepeatFactor(labels.of(i), factors), random);
        for (let k = 0; k < times; ++k) order.push(i);
      }
      return random.shuffle(Int32Array.from(order));
    },
  } satisfies Sampler);
}
