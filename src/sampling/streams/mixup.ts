import {checkOptions} from '../../core/check_options';
import {requireInteger} from '../../core/require_integer';
import {requireNumber} from '../../core/require_number';
import type {ElementSource} from '../../frequency/reading/element_source';
import {mixBatches} from './mix_batches';

/** How {@link mixup} mixes. */
export interface MixupOptions {
  /** α > 0 of Beta(α, α): near 0, λ is nearly always 0 or 1. Default: 1, uniform. */
  alpha?: number;
  /** C, where ys are integers; 1 for labels of one logit, `[b]` or `[b, 1]`. */
  numClasses?: number;
  /** An integer; default: 0. The same seed gives the same passes, each of which mixes anew. */
  seed?: number;
}

/**
 * Mixes each row of a batch with another of it: λ · (x_i, y_i) + (1 − λ) · (x_k, y_k) with one λ ~ Beta(α, α) for each batch
 * (mixup, Zhang et al., arXiv 1710.09412). Labels become soft, float32: integers `[b]` give `[b, C]`, in which background
 * (C) is what a row lacks to 1. Losses and metrics of this package take such rows. Call it after `batch`.
 *
 * @example
 * ```ts
 * const mixed = mixup(trainDataset.batch(40), {alpha: 0.2, numClasses: 100});
 * model.compile({optimizer: 'adam', loss: new SoftmaxEqualizationLoss({lambda: 3e-3, freqInfo})});
 * await model.fitDataset(mixed, {epochs: 1, verbose: 0});
 * ```
 *
 * @param dataset Batches `{xs, ys}` of tensors, or of several by name or in arrays, which are disposed.
 * @returns float32 `xs` and `ys` of the same shapes, integers aside.
 * @throws ValueError for options of other names or values; the iterator throws it for elements that are no batches, and
 *   integers that `numClasses` does not fit. Errors of the source come through unchanged.
 */
export function mixup<D extends ElementSource>(dataset: D, options: MixupOptions = {}): D {
  checkOptions('mixup', options, ['alpha', 'numClasses', 'seed']);
  const {alpha = 1, numClasses, seed = 0} = options;
  requireNumber('alpha', alpha, Number.MIN_VALUE);
  if (numClasses !== undefined) requireInteger('numClasses', numClasses, 1);
  requireInteger('seed', seed, Number.MIN_SAFE_INTEGER);
  return mixBatches(dataset, {
    name: 'mixup',
    alpha,
    seed,
    numClasses,
    labelShares: ({share}) => Float32Array.of(share),
  });
}
