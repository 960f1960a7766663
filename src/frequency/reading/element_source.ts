import {reject} from '../../core/errors';

/**
 * A `tf.data.Dataset`, or anything iterated like one. Structural, because `@tensorflow/tfjs-data` is an optional peer
 * and its element types seldom tell what a dataset really yields.
 */
export interface ElementSource {
  /** Starts a new pass over the elements. */
  iterator(): Promise<ElementIterator>;
  /** The number of elements; null or undefined if unknown, Infinity after `repeat()`. */
  readonly size?: number | null;
}

/** One pass over a dataset. */
export interface ElementIterator {
  /** The next element, or `done`. */
  next(): Promise<IteratorResult<unknown>>;
}

/** Selects the labels in a dataset element. Synchronous; tensors it creates are disposed of. */
// biome-ignore lint/suspicious/noExplicitAny: only the caller knows what the dataset yields
export type LabelSelector = (element: any) => unknown;

/** The labels as in `fitDataset`: `element.ys`. */
export function selectYs(element: unknown): unknown {
  const labels = (element as {ys?: unknown} | null | undefined)?.ys;
  if (labels != null) return labels;
  return reject('dataset', 'one of {xs, ys} elements, where no `label` option selects the labels', element);
}

/**
 * @throws ValueError if it is not a dataset, or an endless one.
 */
export function requireFinite(dataset: ElementSource, hint: string): void {
  if (typeof dataset?.iterator !== 'function') reject('dataset', 'a tf.data.Dataset', dataset);
  if (dataset.size === Number.POSITIVE_INFINITY) reject('dataset.size', `finite (${hint})`, dataset.size);
}
