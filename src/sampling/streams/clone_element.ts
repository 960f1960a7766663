import * as tfc from '@tensorflow/tfjs-core';

/** Copies an element so that its tensors can be disposed of separately. */
export function cloneElement(element: unknown): unknown {
  if (element instanceof tfc.Tensor) return tfc.clone(element);
  if (Array.isArray(element)) return element.map(cloneElement);
  if (typeof element !== 'object' || element === null) return element;
  if (Object.getPrototypeOf(element) !== Object.prototype) return element;
  return Object.fromEntries(Object.entries(element).map(([key, value]) => [key, cloneElement(value)]));
}
