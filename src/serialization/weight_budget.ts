import type {io} from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import type {Method} from './method';

// Loads that have read their files but not yet created their models. There may be several.
const pending = new Set<number>();
let spent: number | undefined;

/** Grants the next model as many numbers as its file holds. */
export function grantWeights(specs: io.WeightsManifestEntry[] | undefined): void {
  if (!Array.isArray(specs)) return;
  const granted = specs.reduce((sum, {shape}) => sum + sizeOf(shape), 0);
  pending.add(granted);
  // tf.loadLayersModel creates the model before any timer runs.
  setTimeout(() => pending.delete(granted));
}

/** Runs `make`, which creates a model whose weights all come from a file. */
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
 * Replaces Layer.prototype.addWeight: a layer's size comes from the file too, and its weights are allocated as zeros
 * before those of the file are checked.
 *
 * @throws ValueError if a model needs more numbers than its file holds, before allocating them.
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
