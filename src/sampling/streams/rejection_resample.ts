import {checkOptions} from '../../core/check_options';
import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import {requireNumber} from '../../core/require_number';
import {type FrequencyInfo, namesOf} from '../../frequency/frequencies_of';
import type {ElementSource} from '../../frequency/reading/element_source';
import {classShares} from './class_shares';
import {checkLabelOptions, type ElementLabelOptions, LABEL_OPTIONS} from './element_classes';
import {keepSome} from './keep_some';
import {requireDataset} from './stream_view';

/** How {@link rejectionResample} selects. */
export interface RejectionResampleOptions extends ElementLabelOptions {
  /** The resulting shares: `[C]`, or `[C + 1]` with that of images without a class (background) last. Sums to 1. */
  target: ArrayLike<number>;
  /** The dataset's own shares, as long as `target`. Alternatively, pass `freqInfo`. */
  initial?: ArrayLike<number>;
  /** Frequencies of the dataset's classes, if images hold at most one class. */
  freqInfo?: FrequencyInfo;
  /**
   * C. Default: that of `freqInfo`, or the length of `target`; required if `target` has background and freqInfo is
   * omitted.
   */
  numClasses?: number;
  /** An integer; default: 0. The same seed gives the same sequence of passes, each of which drops different images. */
  seed?: number;
}

const OPTIONS = ['target', 'initial', 'freqInfo', 'numClasses', 'seed', ...LABEL_OPTIONS];
const SLACK = 1e-3;

/**
 * Drops images at random so that classes occur in the shares `target`: class j is kept with probability (target_j /
 * initial_j) / max_k (target_k / initial_k), as in TensorFlow's `rejection_resample`. The tensors of dropped elements
 * are disposed of. Call it before `batch`.
 *
 * @example A stream of which 3 % is class 1, half and half
 * ```ts
 * const endless = tf.data.generator(function* () {
 *   for (let i = 0; ; ++i) yield {xs: [i], ys: i % 100 < 3 ? 1 : 0};
 * } as never) as tf.data.Dataset<{xs: number[]; ys: number}>;
 * const balanced = rejectionResample(endless, {target: [0.5, 0.5], initial: [0.97, 0.03]});
 * const ys = (await balanced.take(200).toArray()).map((element) => element.ys);
 * console.log(Math.abs(ys.filter((y) => y === 1).length - 100) < 25); // → true
 * ```
 *
 * @param dataset Elements `{xs, ys}` of one image each, which holds one class or none.
 * @throws ValueError for options of other names or values, shares that do not sum to 1, and a class in `target` that is
 *   missing in `initial`; the iterator throws it for batches, images with several classes, background if `target` is
 *   `[C]`, and classes missing in `initial`. Errors of the source are passed on unchanged.
 */
export function rejectionResample<D extends ElementSource>(dataset: D, options: RejectionResampleOptions): D {
  requireDataset(dataset);
  checkOptions('rejectionResample', options, OPTIONS);
  checkLabelOptions(options);
  const {initial, freqInfo, seed = 0, label, labels} = options;
  requireInteger('seed', seed, Number.MIN_SAFE_INTEGER);
  if ((initial === undefined) === (freqInfo === undefined)) {
    reject('initial', 'given, or else `freqInfo`, and not both', initial);
  }
  const target = distribution('target', options.target);
  const shares = freqInfo === undefined ? distribution('initial', initial) : classShares(freqInfo);
  const classesOfShares = freqInfo === undefined ? target.length : shares.length - 1;
  const numClasses = requireInteger('numClasses', options.numClasses ?? classesOfShares, 1);
  if (freqInfo !== undefined && numClasses !== classesOfShares) {
    reject('numClasses', `${classesOfShares}, as in freqInfo`, numClasses);
  }
  if (target.length !== numClasses && target.length !== numClasses + 1) {
    reject(
      'target',
      `of length ${numClasses} or ${numClasses + 1}, for ${numClasses} classes`,
      options.target,
    );
  }
  if (freqInfo === undefined && shares.length !== target.length) {
    reject('initial', `of length ${target.length}, as target`, initial);
  }
  const ratios = target.map((share, j) => (share === 0 ? 0 : share / shares[j]));
  const missing = ratios.indexOf(Number.POSITIVE_INFINITY);
  if (missing !== -1) reject(`initial[${missing}]`, 'above 0, as target has that class', shares[missing]);
  const largest = Math.max(...ratios);
  const keepRate = (classes: readonly number[]) => {
    if (classes.length > 1) reject('labels', 'those of images with one class at most', classes);
    const j = classes[0] ?? numClasses;
    if (j >= ratios.length) reject('target', 'of length C + 1 where images hold no class', options.target);
    if (shares[j] === 0) reject(`initial[${j}]`, 'above 0, as the dataset has that class', 0);
    return ratios[j] / largest;
  };
  const classNames = namesOf(freqInfo);
  return keepSome(dataset, {
    name: 'rejectionResample',
    seed,
    numClasses,
    classNames,
    keepRate,
    label,
    labels,
  });
}

function distribution(argument: string, values: unknown): Float64Array {
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) reject(argument, 'an array of shares', values);
  const shares = Array.from(values as ArrayLike<number>);
  shares.forEach((share, j) => void requireNumber(`${argument}[${j}]`, share, 0, 1));
  const sum = shares.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) > SLACK) reject(argument, 'shares that sum to 1', values);
  return Float64Array.from(shares);
}
