import type {Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';

/**
 * Boxes as two corners, `[n, 4]`: `[y1, x1, y2, x2]`, as in TensorFlow.js's image ops, or `[x1, y1, x2, y2]`, as long
 * as all are of one kind. A tensor, an array of arrays, or all numbers in one typed array.
 */
export type Boxes = Tensor2D | readonly (readonly number[])[] | Float32Array | Float64Array;

/**
 * Reads the numbers of boxes, `[n · 4]`. Tensors are read synchronously.
 *
 * @throws ValueError naming `argument` for another shape, and the first box that is not finite.
 */
export function readBoxes(argument: string, boxes: Boxes): Float64Array {
  const values = valuesOf(argument, boxes);
  for (let i = 0; i < values.length; ++i) {
    if (!Number.isFinite(values[i])) reject(`${argument}[${i >> 2}]`, 'four finite numbers', values[i]);
  }
  return values;
}

/** Converts boxes to a tensor, unless they are one already. @throws ValueError naming `argument` for another shape. */
export function boxTensor(argument: string, boxes: Boxes): Tensor2D {
  if (boxes instanceof tfc.Tensor) return checkShape(argument, boxes);
  const values = readBoxes(argument, boxes);
  return tfc.tensor2d(Float32Array.from(values), [values.length / 4, 4]);
}

// Loops over boxes are several times as fast if all have one type.
function valuesOf(argument: string, boxes: Boxes): Float64Array {
  if (boxes instanceof tfc.Tensor) return Float64Array.from(checkShape(argument, boxes).dataSync());
  if (boxes instanceof Float32Array || boxes instanceof Float64Array) {
    if (boxes.length % 4 !== 0) reject(argument, 'of four numbers a box', boxes);
    return Float64Array.from(boxes);
  }
  if (!Array.isArray(boxes)) return reject(argument, 'boxes [n, 4]', boxes);
  const values = new Float64Array(4 * boxes.length);
  for (const [i, box] of boxes.entries()) {
    if (!Array.isArray(box) || box.length !== 4) reject(`${argument}[${i}]`, 'four finite numbers', box);
    values.set(box, 4 * i);
  }
  return values;
}

function checkShape(argument: string, boxes: tfc.Tensor): Tensor2D {
  return boxes.rank === 2 && boxes.shape[1] === 4
    ? (boxes as Tensor2D)
    : reject(argument, 'a tensor of shape [n, 4]', boxes);
}
