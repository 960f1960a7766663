import * as tfc from '@tensorflow/tfjs-core';

/**
 * What the rest of an element reveals about labels of rank 1:
 *
 * - `batch`: tf.data's `batch` made the element, and xs has as many rows as there are labels.
 * - `maybe`: xs has as many rows, which may also be the height or the number of features of one image.
 * - `one`: xs has a different number of rows, or none: the labels are those of one image.
 * - `unknown`: there is no xs, or it has no shape.
 */
export type BatchEvidence = 'batch' | 'maybe' | 'one' | 'unknown';

/**
 * @param element A dataset element; only `{xs, …}` holds evidence.
 * @param labels The number of labels in it.
 * @param fromBatch Whether tf.data's `batch` made it.
 */
export function batchEvidence(element: unknown, labels: number, fromBatch: boolean): BatchEvidence {
  const rows = rowsOf((element as {xs?: unknown} | null | undefined)?.xs);
  if (rows.length === 0) return 'unknown';
  if (rows.some((count) => count !== labels)) return 'one';
  return fromBatch ? 'batch' : 'maybe';
}

/** The leading dimension of each input; undefined for a scalar. Inputs without a shape are skipped. */
function rowsOf(inputs: unknown): (number | undefined)[] {
  if (inputs instanceof tfc.Tensor) return [inputs.shape[0]];
  if (typeof inputs === 'number' || typeof inputs === 'string' || typeof inputs === 'boolean') {
    return [undefined];
  }
  if (ArrayBuffer.isView(inputs)) return [(inputs as ArrayBufferView & ArrayLike<number>).length];
  if (Array.isArray(inputs)) {
    const severalInputs = inputs.some((input) => isDictionary(input) || input instanceof tfc.Tensor);
    return severalInputs ? inputs.flatMap(rowsOf) : [inputs.length];
  }
  return isDictionary(inputs) ? Object.values(inputs).flatMap(rowsOf) : [];
}

function isDictionary(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether tf.data's `batch` made an iterator's elements, according to its summary. */
export function comesFromBatch(iterator: object): boolean {
  const {summary} = iterator as {summary?: unknown};
  if (typeof summary !== 'function') return false;
  return /RowMajorBatch(?!.*Flatmap)/.test(String(summary.call(iterator)));
}
