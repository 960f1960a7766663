import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {requireNumber} from '../../core/require_number';
import type {FrequencyInfo} from '../../frequency/frequencies_of';
import type {ElementSource} from '../../frequency/reading/element_source';
import {ImageClasses} from '../image_classes';
import {classShares} from './class_shares';
import {mixBatches} from './mix_batches';

// 0.3 / 0.1 rounds to less than 3.
const ROUNDING = 1e-9;

/** How {@link remix} mixes. */
export interface RemixOptions {
  /** f_j of images that hold at most one class. */
  freqInfo: FrequencyInfo;
  /** α > 0 of Beta(α, α). Default: 1. */
  alpha?: number;
  /** κ ≥ 1: how many times as frequent a class must be to lose the label. Default: 3. */
  kappa?: number;
  /** τ in 0 … 1: the share of the input below which it loses the label. Default: 0.5. */
  tau?: number;
  /** An integer; default: 0. The same seed gives the same sequence of passes, each of which mixes anew. */
  seed?: number;
}

/**
 * Mixup whose labels favor less frequent classes (Remix, Chou et al., arXiv 2007.03943, eq. 4–6). Inputs are mixed by
 * λ ~ Beta(α, α) as in {@link mixup}; labels are mixed by λ_y, which is
 *
 * - 0, only the label of k, if f_i / f_k ≥ κ and λ < τ;
 * - 1, only the label of i, if f_i / f_k ≤ 1/κ and 1 − λ < τ;
 * - λ otherwise.
 *
 * Images without a class (background) count as one more class, whose share is what the f_j lack to 1. Call it after
 * `batch`.
 *
 * @example
 * ```ts
 * const images = new ClassFrequency({imageCounts: [90, 10], numImages: 100});
 * const batches = tf.data.array([{xs: [0], ys: 0}, {xs: [1], ys: 1}]).batch(2);
 * const [{xs, ys}] = (await remix(batches, {freqInfo: images, seed: 3}).toArray()) as {xs: tf.Tensor; ys: tf.Tensor}[];
 * console.log(xs.shape, ys.shape); // → [ 2, 1 ] [ 2, 2 ]
 * ```
 *
 * @param dataset Batches `{xs, ys}`: xs of tensors, ys one of hard labels, integers `[b]` or one-hot rows. All are
 *   disposed of.
 * @returns float32 `xs`, and `ys` `[b, C]` (`[b, C + 1]` if rows have a background column).
 * @throws ValueError for options of other names or values; the iterator throws it for elements that are not batches,
 *   soft labels, and images with several classes. Errors of the source are passed on unchanged.
 */
export function remix<D extends ElementSource>(dataset: D, options: RemixOptions): D {
  checkOptions('remix', options, ['freqInfo', 'alpha', 'kappa', 'tau', 'seed']);
  const {freqInfo, alpha = 1, kappa = 3, tau = 0.5, seed = 0} = options;
  requireNumber('alpha', alpha, Number.MIN_VALUE);
  requireNumber('kappa', kappa, 1);
  requireNumber('tau', tau, 0, 1);
  requireInteger('seed', seed, Number.MIN_SAFE_INTEGER);
  const shares = classShares(freqInfo);
  const numClasses = shares.length - 1;
  return mixBatches(dataset, {
    name: 'remix',
    alpha,
    seed,
    numClasses,
    labelShares: async ({share, partners, ys}) => {
      if (!(ys instanceof tfc.Tensor)) reject('ys', 'one tensor', ys);
      const classes = await singleClasses(ys, numClasses);
      return Float32Array.from(classes, (j, i) =>
        labelShare(share, shares[j] / shares[classes[partners[i]]]),
      );
    },
  });

  function labelShare(share: number, ratio: number): number {
    if (ratio >= kappa * (1 - ROUNDING) && share < tau) return 0;
    if (ratio <= (1 + ROUNDING) / kappa && 1 - share < tau) return 1;
    return share;
  }
}

/** The class of each row, C for background. */
async function singleClasses(ys: tfc.Tensor, numClasses: number): Promise<Int32Array> {
  if (ys.rank > 2) reject('ys', 'integers [b] or one-hot rows [b, C] or [b, C + 1]', ys);
  const data = (await ys.data()) as Float32Array | Int32Array;
  const classes = new ImageClasses({data, shape: ys.shape}, {length: ys.shape[0], numClasses});
  return Int32Array.from({length: ys.shape[0]}, (_, i) => {
    const held = classes.of(i);
    if (held.length > 1) reject('ys', 'those of images with one class at most', held);
    return held[0] ?? numClasses;
  });
}
