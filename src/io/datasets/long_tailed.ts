import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import {Random} from '../../core/random';
import {requireInteger} from '../../core/require_integer';
import {requireNumber} from '../../core/require_number';
import {LabeledDataset} from './labeled_dataset';

/** Options of `longTailed` and `longTailedCounts`. */
export interface LongTailedOptions {
  /** Ratio of the largest class's images to the smallest's, ≥ 1. Default: 100. */
  imbalance?: number;
  /**
   * `'exp'`: n_i = n · μ^i, the same factor from class to class (Cui et al., CVPR 2019, arXiv 1901.05555, section 4.1).
   * `'step'`: n for the first half of the classes and n / imbalance for the others (Buda et al., 2018, arXiv
   * 1710.05381). Default: `'exp'`.
   */
  profile?: 'exp' | 'step';
  /** Integer that determines which images are kept. Default: 0. */
  seed?: number;
}

/**
 * How many images each class keeps: from n for class 0, the most frequent, to n / imbalance, rounded down as in the
 * code that made CIFAR-LT (Cao et al., NeurIPS 2019, arXiv 1906.07413).
 *
 * @example CIFAR-10-LT
 * ```ts
 * console.log(longTailedCounts(10, 5000, {imbalance: 100}).join(' ')); // → 5000 2997 1796 1077 645 387 232 139 83 50
 * ```
 *
 * @param numClasses C.
 * @param most n.
 * @throws ValueError for options that are unknown or out of range.
 */
export function longTailedCounts(
  numClasses: number,
  most: number,
  options: Omit<LongTailedOptions, 'seed'> = {},
): Int32Array {
  checkOptions('longTailedCounts', options, ['imbalance', 'profile']);
  const {imbalance = 100, profile = 'exp'} = options;
  requireInteger('numClasses', numClasses, 2);
  requireInteger('most', most, 1);
  requireNumber('imbalance', imbalance, 1);
  if (profile !== 'exp' && profile !== 'step') reject('profile', "'exp' or 'step'", profile);
  const last = 1 / imbalance;
  const shareOf = (i: number) =>
    profile === 'exp' ? last ** (i / (numClasses - 1)) : i < Math.floor(numClasses / 2) ? 1 : last;
  return Int32Array.from({length: numClasses}, (_, i) => Math.floor(most * shareOf(i)));
}

/**
 * Cuts a long tail out of balanced data, as in CIFAR-10-LT and CIFAR-100-LT: class 0 keeps n = N / C images, the last n
 * / imbalance. A class that has fewer keeps all of them.
 *
 * ```js
 * const {train, test} = await cifar('cifar-10-batches-bin');
 * const tail = longTailed(train, {imbalance: 100}); // 5000, 2997, … 50 images; test stays balanced
 * ```
 *
 * @throws ValueError for options that are unknown or out of range, and if a class would keep no image.
 */
export function longTailed(dataset: LabeledDataset, options: LongTailedOptions = {}): LabeledDataset {
  if (!(dataset instanceof LabeledDataset)) reject('dataset', 'a LabeledDataset', dataset);
  const {seed = 0, ...tail} = options;
  requireInteger('seed', seed, Number.MIN_SAFE_INTEGER);
  const numClasses = dataset.classNames.length;
  const counts = longTailedCounts(numClasses, Math.floor(dataset.length / numClasses), tail);
  if (counts[numClasses - 1] < 1) {
    reject(
      'imbalance',
      `at most ${Math.floor(dataset.length / numClasses)}, which leaves an image`,
      tail.imbalance,
    );
  }
  const kept: number[] = [];
  for (let j = 0; j < numClasses; ++j) {
    const members = Array.from(dataset.labels.keys()).filter((i) => dataset.labels[i] === j);
    kept.push(...Random.of(seed, 'longTailed', j).shuffle(members).slice(0, counts[j]));
  }
  return dataset.subset(kept.sort((a, b) => a - b));
}
