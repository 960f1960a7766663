import {reject} from '../../core/errors';
import {requireArray} from '../../core/require_array';
import {requireInteger} from '../../core/require_integer';
import {requireObject} from '../../core/require_object';
import type {AnnotatedCategory, AnnotatedImage, Annotations} from './formats';

/** The images or categories of an annotation file in ascending order of their ids, which may have gaps. */
export interface Identified<T> {
  readonly items: readonly T[];
  /** The index in `items` by id. */
  readonly places: ReadonlyMap<number, number>;
  /** The index in the file, for error messages. */
  readonly positions: readonly number[];
}

/**
 * @throws ValueError naming the path of what is not an annotation file or lacks a unique id.
 */
export function identify(groundTruth: Annotations): {
  images: Identified<AnnotatedImage>;
  categories: Identified<AnnotatedCategory>;
} {
  if (typeof groundTruth !== 'object' || groundTruth === null) {
    reject('groundTruth', 'an annotation file {images, annotations, categories}, parsed', groundTruth);
  }
  requireArray('annotations', groundTruth.annotations);
  return {
    images: byId('images', groundTruth.images),
    categories: byId('categories', groundTruth.categories),
  };
}

function byId<T extends {readonly id: number}>(path: string, found: readonly T[]): Identified<T> {
  requireArray(path, found);
  const seen = new Set<number>();
  for (const [i, item] of found.entries()) {
    requireObject(`${path}[${i}]`, item);
    requireInteger(`${path}[${i}].id`, item.id, 0);
    if (seen.has(item.id)) reject(`${path}[${i}].id`, 'an id that no other has', item.id);
    seen.add(item.id);
  }
  const positions = found.map((_, i) => i).sort((a, b) => found[a].id - found[b].id);
  const items = positions.map((i) => found[i]);
  return {items, positions, places: new Map(items.map(({id}, place) => [id, place]))};
}
