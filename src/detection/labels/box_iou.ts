import type {Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from '../../core/host_backend';
import {type Boxes, boxTensor, readBoxes} from './boxes';

/**
 * The IoU of each box of `a` with each of `b`: the area of their intersection over that of their union. A box without
 * area, or with its corners swapped, has an IoU of 0 with all.
 *
 * @example
 * ```ts
 * const iou = boxIoU([[0, 0, 10, 10]], [[0, 0, 10, 5], [20, 20, 30, 30]]);
 * console.log(iou.dataSync()); // → Float32Array(2) [ 0.5, 0 ]
 * ```
 *
 * @param a `[n, 4]`, two corners each.
 * @param b `[m, 4]`, of the same kind.
 * @returns float32 `[n, m]`, 0 … 1.
 * @throws ValueError for other shapes and, except for tensors on WebGL and WebGPU, for numbers that are not finite.
 */
export function boxIoU(a: Boxes, b: Boxes): Tensor2D {
  return onHostBackend() ? byLoop(a, b) : tfc.tidy(() => byOps(boxTensor('a', a), boxTensor('b', b)));
}

/** Areas of boxes, `[n]`. */
export function boxAreas(boxes: Float64Array): Float64Array {
  return Float64Array.from({length: boxes.length / 4}, (_, i) => {
    return (boxes[4 * i + 2] - boxes[4 * i]) * (boxes[4 * i + 3] - boxes[4 * i + 1]);
  });
}

/**
 * Computes the IoUs of box i of `p` with all boxes of `q`.
 *
 * @param areas The areas of `q`.
 * @param into Receives them, from index `at` on; holds zeros.
 */
export function writeIoUs(
  p: Float64Array,
  i: number,
  q: Float64Array,
  areas: Float64Array,
  into: Float32Array | Float64Array,
  at: number,
): void {
  const top = p[4 * i];
  const left = p[4 * i + 1];
  const bottom = p[4 * i + 2];
  const right = p[4 * i + 3];
  const area = (bottom - top) * (right - left);
  for (let j = 0; j < areas.length; ++j) {
    const height = Math.min(bottom, q[4 * j + 2]) - Math.max(top, q[4 * j]);
    if (!(height > 0)) continue;
    const width = Math.min(right, q[4 * j + 3]) - Math.max(left, q[4 * j + 1]);
    if (!(width > 0)) continue;
    const common = height * width;
    into[at + j] = common / (area + areas[j] - common);
  }
}

function byLoop(a: Boxes, b: Boxes): Tensor2D {
  const p = readBoxes('a', a);
  const q = readBoxes('b', b);
  const areas = boxAreas(q);
  const [n, m] = [p.length / 4, areas.length];
  const values = new Float32Array(n * m);
  for (let i = 0; i < n; ++i) writeIoUs(p, i, q, areas, values, i * m);
  return tfc.tensor2d(values, [n, m]);
}

function byOps(a: Tensor2D, b: Tensor2D): Tensor2D {
  const [n, m] = [a.shape[0], b.shape[0]];
  const column = (k: number) => tfc.slice2d(a, [0, k], [n, 1]);
  const row = (k: number) => tfc.reshape(tfc.slice2d(b, [0, k], [m, 1]), [1, m]);
  const [a0, a1, a2, a3] = [0, 1, 2, 3].map(column);
  const [b0, b1, b2, b3] = [0, 1, 2, 3].map(row);
  const height = tfc.relu(tfc.sub(tfc.minimum(a2, b2), tfc.maximum(a0, b0)));
  const width = tfc.relu(tfc.sub(tfc.minimum(a3, b3), tfc.maximum(a1, b1)));
  const common = tfc.mul(height, width);
  const areas = tfc.add(tfc.mul(tfc.sub(a2, a0), tfc.sub(a3, a1)), tfc.mul(tfc.sub(b2, b0), tfc.sub(b3, b1)));
  // If boxes do not intersect, the union may be 0.
  const meets = tfc.greater(common, 0);
  const union = tfc.where(meets, tfc.sub(areas, common), tfc.onesLike(common));
  return tfc.div(common, union);
}
