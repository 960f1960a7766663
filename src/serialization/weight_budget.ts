import type {io} from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import type {Method} from './method';

// Loads that have read their files and not yet made their models. Several may be at that point.
const pending = new Set<number>();
let spent: number | undefined;

/** Grants the model that is made next as many numbers as its file holds. */
export function grantWeights(specs: io.WeightsManifestEntry[] | undefined): void {
  if (!Array.isArray(specs)) return;
  const granted = specs.reduce((sum, {shape}) => sum + sizeOf(shape), 0);
  pending.add(granted);
  // tf.loadLayersModel makes the model before anything but promises goes on.
  setTimeout(() => pending.delete(granted));
}

/** Runs what makes a model whose weights all come out of the file. */
export function withinBudget<T>(make: () => T): T {
  const outer = spent;
  spent = 0;
  try {
    return make();
  } finally {
    spent = outer;
  }
}

/**
 * Replacement of Layer.prototype.addWeight: a layer's size stands in a file too, and its weights are zeros before those of
 * the file are looked at.
 *
 * @throws ValueError where a model wants more numbers than its file holds, before memory is taken for them.
 */
export function addWithinBudget(original: Method): Method {
  return function (this: {name: string}, name: string, shape: number[], ...rest: unknown[]) {
    if (spent !== undefined && pending.size > 0) {
      spent += sizeOf(shape);
      const most = Math.max(...pending);
      if (spent > most)
        reject(`${this.name}/${name}`, `in a model of the ${most} numbers that its file holds`, shape);
    }
    return original.call(this, name, shape, ...rest);
  };
}

function sizeOf(shape: unknown): number {
  return Array.isArray(shape) ? shape.reduce((product, size) => product * size, 1) : 0;
}
