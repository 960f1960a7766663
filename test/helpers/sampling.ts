import * as tf from '@tensorflow/tfjs';
import {Random} from '../../src/core/random';
import type {Sampler} from '../../src/sampling';
import {ImageClasses} from '../../src/sampling/image_classes';

/** A long tail: 60, 24, 12, 4 images of classes 0 … 3, none of class 4. */
export const TAIL = [60, 24, 12, 4, 0];

/** Integer labels with so many of each. */
export function labelsOf(counts: readonly number[]): number[] {
  return counts.flatMap((count, j) => new Array<number>(count).fill(j));
}

/** The order of one epoch. */
export function orderOf(
  sampler: Sampler,
  labels: unknown,
  length: number,
  numClasses: number,
  epoch = 0,
  seed = 1,
) {
  const classes = new ImageClasses(labels, {length, numClasses});
  return sampler.order({length, epoch, random: Random.of(seed, 'order', epoch), classes: () => classes});
}

/** The elements of one pass, as plain values; tensors are disposed. */
export async function passOf<T>(dataset: {
  iterator(): Promise<{next(): Promise<IteratorResult<unknown>>}>;
}): Promise<T[]> {
  const iterator = await dataset.iterator();
  const elements: T[] = [];
  for (let item = await iterator.next(); !item.done; item = await iterator.next()) {
    elements.push(plain(item.value) as T);
    tf.dispose(item.value as tf.TensorContainer);
  }
  return elements;
}

function plain(value: unknown): unknown {
  if (value instanceof tf.Tensor) return value.arraySync();
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
