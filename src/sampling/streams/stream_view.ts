import {reject} from '../../core/errors';
import {Random} from '../../core/random';
import type {ElementIterator, ElementSource} from '../../frequency/reading/element_source';

/** Gives the elements of one pass, one call at a time. */
export type Step = () => Promise<IteratorResult<unknown>>;

/** What a pass over a stream begins with. */
export interface StreamPass {
  source: ElementIterator;
  /** Seeded by the stream's seed and the number of passes before this one. */
  random: Random;
}

/**
 * A view of `dataset` whose iterators give what `begin` makes of its own. It inherits everything else, so that it stays a
 * `tf.data.Dataset` whose `batch`, `shuffle`, … build on it.
 *
 * @param name What the view does, which sets its random numbers apart from those of other views with the same seed.
 * @param size The number of elements, where it is known.
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
    // `fitDataset` asks for an iterator that it never uses: a pass begins where an element is asked for.
    const advance = () => {
      step ??= begin({source, random: Random.of(seed, name, epochs++)});
      return step();
    };
    // One after the other, also where `prefetch` asks for several at once.
    const next = () => {
      const result = last.then(advance);
      last = result;
      return result;
    };
    return Object.create(source, {next: {value: next}}) as ElementIterator;
  };
  return Object.create(dataset, {iterator: {value: iterator}, size: {value: size}}) as D;
}

/** @throws ValueError for what is no dataset. */
export function requireDataset(dataset: unknown): void {
  if (typeof (dataset as ElementSource | undefined)?.iterator !== 'function') {
    reject('dataset', 'a tf.data.Dataset', dataset);
  }
}

/** What a view has elements: of an endless source without an end too, else an unknown number. */
export function sizeOfSelection({size}: ElementSource): number | null {
  return size === Number.POSITIVE_INFINITY ? size : null;
}
