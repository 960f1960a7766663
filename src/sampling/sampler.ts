import {reject} from '../core/errors';
import type {Random} from '../core/random';
import {type Fields, requireFields} from '../core/require_fields';
import {requireFunction} from '../core/require_function';
import {requireInteger} from '../core/require_integer';
import {requireObject} from '../core/require_object';
import type {ImageClasses} from './image_classes';

/** Context for a sampler that orders an epoch. */
export interface SamplerContext {
  /** N: the number of images. */
  length: number;
  /** Passes begun before this one. */
  epoch: number;
  /** Seeded by the dataset's seed and the epoch. */
  random: Random;
  /** The classes of each image. @throws ValueError if the dataset has no labels. */
  classes(): ImageClasses;
}

/**
 * Decides which images an epoch shows, and in what order: {@link uniform}, {@link classAware}, {@link squareRoot},
 * `repeatFactor({threshold})`, `progressive({epochs})`, or an object of your own. The order must be a function of the
 * context, or a run cannot be resumed.
 */
export interface Sampler {
  /** Part of saved states, which fit only samplers of the same name and options. */
  readonly name: string;
  /** Plain JSON. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Whether `order` calls `classes()`; if so, labels are checked at once. */
  readonly needsLabels?: boolean;
  /** Whether epochs differ in length; if not, each shows as many images as there are. */
  readonly varies?: boolean;
  /** Indices in 0 … N − 1. */
  order(context: SamplerContext): Int32Array;
}

const CONTEXT: Fields = {
  length: (path, value) => requireInteger(path, value, 0, 2 ** 31 - 1),
  epoch: (path, value) => requireInteger(path, value, 0),
  // Made by any copy of this package.
  random: (path, value) => requireFunction(`${path}.shuffle`, requireObject(path, value).shuffle),
  classes: requireFunction,
};

/** Returns `context` if it is valid. For this package's samplers. @throws ValueError naming the part that is not. */
export function requireContext(context: SamplerContext): SamplerContext {
  requireFields('context', context, CONTEXT);
  return context;
}

/**
 * @throws ValueError if it is not a sampler.
 */
export function requireSampler(sampler: unknown): Sampler {
  const {name, order} = (sampler ?? {}) as Partial<Sampler>;
  if (typeof sampler === 'object' && typeof name === 'string' && typeof order === 'function') {
    return sampler as Sampler;
  }
  return reject(
    'sampler',
    'uniform, classAware, squareRoot, repeatFactor({threshold}), progressive({epochs}) or a Sampler',
    sampler,
  );
}

/** The record of a sampler in saved states. */
export interface SamplerRecord {
  /** Its `name`. */
  name: string;
  /** Its `options`, if it has any. */
  options?: Record<string, unknown>;
}

export function samplerRecord({name, options}: Sampler): SamplerRecord {
  return {name, ...(options && {options: {...options}})};
}
