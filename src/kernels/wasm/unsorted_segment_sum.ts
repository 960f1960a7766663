import type {TensorInfo, UnsortedSegmentSumAttrs} from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {floats, type KernelCall} from './kernel';

/**
 * Sums the rows of x by segment, which is the gradient of gather and so of embeddings: y[s] = Σ x[i] over segmentIds[i]
 * = s, in float64. As on the cpu backend, rows of a segment outside 0 … numSegments − 1 are ignored.
 */
export function unsortedSegmentSum(
  call: KernelCall<'x' | 'segmentIds', UnsortedSegmentSumAttrs>,
): TensorInfo {
  const {inputs, attrs, backend} = call;
  const {numSegments} = attrs;
  const [rows, ...rowShape] = inputs.x.shape;
  if (inputs.segmentIds.shape.length !== 1 || inputs.segmentIds.shape[0] !== rows) {
    reject('segmentIds', `one id for each of x's ${rows} rows`, inputs.segmentIds);
  }
  const out = backend.makeOutput([numSegments, ...rowShape], inputs.x.dtype);
  const x = floats(backend, inputs.x);
  const sums = floats(backend, out).fill(0);
  const size = sums.length / numSegments;
  const {first, next} = chainRows(
    backend.typedArrayFromHeap(inputs.segmentIds) as Int32Array,
    rows,
    numSegments,
  );
  // One segment at a time, so that only a single row is held in float64.
  const sum = new Float64Array(size);
  for (let segment = 0; segment < numSegments; segment++) {
    if (first[segment] < 0) continue;
    sum.fill(0);
    for (let row = first[segment]; row >= 0; row = next[row]) {
      for (let i = 0, at = row * size; i < size; i++, at++) sum[i] += x[at];
    }
    sums.set(sum, segment * size);
  }
  return out;
}

// Chains the rows of each segment, in order, as a linked list: its first row, and for each row the next, −1 at the end.
function chainRows(ids: Int32Array, rows: number, segments: number): {first: Int32Array; next: Int32Array} {
  const first = new Int32Array(segments).fill(-1);
  const next = new Int32Array(rows);
  for (let row = rows - 1; row >= 0; row--) {
    const segment = ids[row];
    if (segment < 0 || segment >= segments) continue;
    next[row] = first[segment];
    first[segment] = row;
  }
  return {first, next};
}
