import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {type FrequencyInfo, frequenciesOf, namesOf} from '../../frequency/frequencies_of';
import type {ElementSource} from '../../frequency/reading/element_source';
import {imageRepeatFactor, repeatFactors, requireThreshold, roundStochastically} from '../repeat_factors';
import {cloneElement} from './clone_element';
import {checkLabelOptions, ElementClasses, type ElementLabelOptions, LABEL_OPTIONS} from './element_classes';
import {requireDataset, sizeOfSelection, streamView} from './stream_view';

/** How {@link repeatFactorSampling} repeats. */
export interface RepeatFactorSamplingOptions extends ElementLabelOptions {
  /** t: images of classes with a lower frequency are repeated. Above 0, up to 1; LVIS: 0.001. */
  threshold: number;
  /** An integer; default: 0. The same seed gives the same sequence of passes, each of which rounds anew. */
  seed?: number;
}

/**
 * Repeats every image of a stream in a row, r = max(1, √(t / f)) times on average, where f is the frequency of its
 * rarest class (LVIS, arXiv 1908.03195, appendix B). In each pass r is rounded up or down at random, as in detectron2.
 * Images without a class (background) stay as they are. Call it before `shuffle`, which separates the copies, and
 * `batch`.
 *
 * Holds at most one element. If a pass is abandoned between two copies, one element's tensors leak.
 *
 * @example
 * ```ts
 * const dataset = tf.data.array([{xs: [1], ys: 0}, {xs: [2], ys: 1}]);
 * const seldom = new ClassFrequency({imageCounts: [900, 1], numImages: 1000});
 * const repeated = repeatFactorSampling(dataset, seldom, {threshold: 0.009}); // √(0.009 / 0.001) = 3
 * console.log((await repeated.toArray()).length); // → 4
 * ```
 *
 * @param dataset Elements `{xs, ys}` of one image each, or anything with a `label` selector.
 * @param freqInfo f_j, as counted so far.
 * @throws ValueError for options of other names or values; the iterator throws it for batches, labels that cannot be
 *   read, and classes that freqInfo has not seen. Errors of the source are passed on unchanged.
 */
export function repeatFactorSampling<D extends ElementSource>(
  dataset: D,
  freqInfo: FrequencyInfo,
  options: RepeatFactorSamplingOptions,
): D {
  requireDataset(dataset);
  checkOptions('repeatFactorSampling', options, ['threshold', 'seed', ...LABEL_OPTIONS]);
  checkLabelOptions(options);
  const seed = requireInteger('seed', options.seed ?? 0, Number.MIN_SAFE_INTEGER);
  const factors = repeatFactors(frequenciesOf(freqInfo), requireThreshold(options.threshold));
  const view = {name: 'repeatFactorSampling', seed, size: sizeOfSelection(dataset)};
  return streamView(dataset, view, ({source, random}) => {
    const classes = new ElementClasses(factors.length, options, source, namesOf(freqInfo));
    let element: unknown;
    let left = 0;
    return async () => {
      while (left === 0) {
        const item = await source.next();
        if (item.done) return item;
        const held = await classes.of(item.value);
        const factor = imageRepeatFactor(held, factors);
        if (factor === Number.POSITIVE_INFINITY) {
          reject('freqInfo', 'one with images of every class in the dataset', held);
        }
        element = item.value;
        left = roundStochastically(factor, random);
      }
      --left;
      return {value: left > 0 ? cloneElement(element) : element, done: false};
    };
  });
}
