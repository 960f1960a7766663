import {reject} from '../../core/errors';
import {Random} from '../../core/random';
import type {ElementIterator, ElementSource} from '../../frequency/reading/element_source';

/** Yields the elements of one pass, one per call. */
export type Step = () => Promise<IteratorResult<unknown>>;

/** The start of a pass over a stream. */
export interface StreamPass {
  source: ElementIterator;
  /** Seeded by the stream's seed and the number of passes before this one. */
  random: Random;
}

/**
 * Views `dataset` with iterators that `begin` derives from its own. Inherits everything else, so that it stays a
 * `tf.data.Dataset` whose `batch`, `shuffle`, … build on it.
 *
 * @param name What the view does; separates its random numbers from those of other views with the same seed.
 * @param size The number of elements, if known.
 */
export function streamView<D extends ElementSource>(
  dataset: D,
  {name, seed, size}: {name: string; seed: number; size: number | null | undefined},
  begin: (pass: StreamPass) => Step,
): D {
  let epochs = 0;
  const iterator = async (): Promise<ElementIterator> => {
    const source = await dataset.iterator();
    let step: Step | undefined;
    let last: Promise<unknown> = Promise.resolve();
    // `fitDataset` requests an iterator that it never uses: a pass begins with the first request for an element.
    const advance = () => {
      step ??= begin({source, random: Random.of(seed, name, epochs++)});
      return step();
    };
    // One after the other, even if `prefetch` requests several at once.
    const next = () => {
      const result = last.then(advance);
      last = result;
      return result;
    };
    return Object.create(source, {next: {value: next}}) as ElementIterator;
  };
  return Object.create(dataset, {iterator: {value: iterator}, size: {value: size}}) as D;
}

/**
 * @throws ValueError if it is not a dataset.
 */
export function requireDataset(dataset: unknown): void {
  if (typeof (dataset as ElementSource | undefined)?.iterator !== 'function') {
    reject('dataset', 'a tf.data.Dataset', dataset);
  }
}

/** The size of a selection: endless if the source is, else unknown. */
export function sizeOfSelection({size}: ElementSource): number | null {
  return size === Number.POSITIVE_INFINITY ? size : null;
}
