import {reject} from '../../core/errors';

/**
 * A `tf.data.Dataset`, or anything that is iterated like one. Structural, because `@tensorflow/tfjs-data` is an
 * optional peer and its element types seldom say what a dataset really yields.
 */
export interface ElementSource {
  /** A new pass over the elements. */
  iterator(): Promise<ElementIterator>;
  /** The number of elements; null or undefined where unknown, Infinity after `repeat()`. */
  readonly size?: number | null;
}

/** One pass over a dataset. */
export interface ElementIterator {
  /** The next element, or `done`. */
  next(): Promise<IteratorResult<unknown>>;
}

/** Selects the labels in a dataset element. Synchronous; tensors that it creates are disposed. */
// biome-ignore lint/suspicious/noExplicitAny: only the caller knows what the dataset yields
export type LabelSelector = (element: any) => unknown;

/** The labels where `fitDataset` has them: `element.ys`. */
export function selectYs(element: unknown): unknown {
  const labels = (element as {ys?: unknown} | null | undefined)?.ys;
  if (labels != null) return labels;
  return reject('dataset', 'one of {xs, ys} elements, where no `label` option selects the labels', element);
}

/** @throws ValueError for what is no dataset, and for an endless one. */
export function requireFinite(dataset: ElementSource, hint: string): void {
  if (typeof dataset?.iterator !== 'function') reject('dataset', 'a tf.data.Dataset', dataset);
  if (dataset.size === Number.POSITIVE_INFINITY) reject('dataset.size', `finite (${hint})`, dataset.size);
}
