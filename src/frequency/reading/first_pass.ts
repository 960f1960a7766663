import type {ElementIterator, ElementSource} from './element_source';

/**
 * Tracks which elements of a dataset were counted, whatever passes were begun and abandoned: a high-water mark, plus
 * the few indices beyond it that prefetching delivers out of order.
 */
class FirstPass {
  private mark = 0;
  private readonly beyond = new Set<number>();
  private readonly inFlight = new Set<number>();
  private end = Number.POSITIVE_INFINITY;

  /** Whether element `index` is still to be counted; if so, the caller claims it and must `settle` it. */
  claim(index: number): boolean {
    if (index < this.mark || index >= this.end) return false;
    if (this.beyond.has(index) || this.inFlight.has(index)) return false;
    this.inFlight.add(index);
    return true;
  }

  settle(index: number, counted: boolean): void {
    this.inFlight.delete(index);
    if (!counted) return;
    this.beyond.add(index);
    while (this.beyond.delete(this.mark)) ++this.mark;
  }

  /** Ends the pass at `length` elements; a later epoch that happens to be longer adds nothing. */
  finish(length: number): void {
    this.end = Math.min(this.end, length);
  }
}

/**
 * Views `dataset` such that `count` is called once for each element, the first time any iterator delivers it, with the
 * iterator of `dataset` that it came from. Inherits everything else, so that it stays a `tf.data.Dataset` whose
 * `batch`, `shuffle`, … build on it.
 */
export function countFirstPass<D extends ElementSource>(
  dataset: D,
  count: (element: unknown, source: ElementIterator) => void | Promise<void>,
): D {
  const pass = new FirstPass();
  // A stream (tf.data.func) returns the same iterator each time, which continues where it stopped.
  const views = new WeakMap<ElementIterator, ElementIterator>();
  const iterator = async () => {
    const source = await dataset.iterator();
    const view = views.get(source) ?? countingIterator(source, pass, count);
    views.set(source, view);
    return view;
  };
  return Object.create(dataset, {iterator: {value: iterator}}) as D;
}

function countingIterator(
  source: ElementIterator,
  pass: FirstPass,
  count: (element: unknown, source: ElementIterator) => void | Promise<void>,
): ElementIterator {
  let calls = 0;
  const next = async () => {
    const index = calls++;
    const result = await source.next();
    if (result.done) {
      pass.finish(index);
    } else if (pass.claim(index)) {
      let counted = false;
      try {
        await count(result.value, source);
        counted = true;
      } finally {
        pass.settle(index, counted);
      }
    }
    return result;
  };
  return Object.create(source, {next: {value: next}}) as ElementIterator;
}
