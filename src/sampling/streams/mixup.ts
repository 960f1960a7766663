import {checkOptions} from '../../core/check_options';
import {requireInteger} from '../../core/require_integer';
import {requireNumber} from '../../core/require_number';
import type {ElementSource} from '../../frequency/reading/element_source';
import {mixBatches} from './mix_batches';

/** How {@link mixup} mixes. */
export interface MixupOptions {
  /** α > 0 of Beta(α, α): near 0, λ is nearly always 0 or 1. Default: 1, uniform. */
  alpha?: number;
  /** C, if ys are integers; 1 for labels of one logit, `[b]` or `[b, 1]`. */
  numClasses?: number;
  /** An integer; default: 0. The same seed gives the same sequence of passes, each of which mixes anew. */
  seed?: number;
}

/**
 * Mixes each row of a batch with another row of it: λ · (x_i, y_i) + (1 − λ) · (x_k, y_k) with one λ ~ Beta(α, α) per
 * batch (mixup, Zhang et al., arXiv 1710.09412). Labels become soft, float32: integers `[b]` become `[b, C]`, in which
 * the share of background (C) is what a row's sum lacks to 1. This package's losses and metrics accept such rows. Call
 * it after `batch`.
 *
 * @example
 * ```ts
 * const mixed = mixup(trainDataset.batch(40), {alpha: 0.2, numClasses: 100});
 * model.compile({optimizer: 'adam', loss: new SoftmaxEqualizationLoss({lambda: 3e-3, freqInfo})});
 * await model.fitDataset(mixed, {epochs: 1, verbose: 0});
 * ```
 *
 * @param dataset Batches `{xs, ys}` of tensors, or of several by name or in arrays, which are disposed of.
 * @returns float32 `xs` and `ys` of the same shapes, except for integers.
 * @throws ValueError for options of other names or values; the iterator throws it for elements that are not batches,
 *   and integers that do not fit `numClasses`. Errors of the source are passed on unchanged.
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
