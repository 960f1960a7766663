import * as tfc from '@tensorflow/tfjs-core';

/**
 * Disposes every tensor in a dataset element, as `tf.dispose` does. That one, however, visits each number of a
 * typed array by its key, which takes longer than all else that is done to an element.
 */
export function disposeElement(element: unknown, seen?: Set<object>): void {
  if (typeof element !== 'object' || element === null || ArrayBuffer.isView(element)) return;
  if (element instanceof tfc.Tensor) {
    element.dispose();
    return;
  }
  if (seen?.has(element)) return;
  if (Array.isArray(element)) {
    for (const item of element) {
      if (typeof item === 'object' && item !== null) disposeElement(item, (seen ?? new Set()).add(element));
    }
    return;
  }
  for (const key in element) {
    const item = (element as Record<string, unknown>)[key];
    if (typeof item === 'object' && item !== null) disposeElement(item, (seen ?? new Set()).add(element));
  }
}
