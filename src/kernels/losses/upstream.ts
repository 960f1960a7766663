/**
 * Kernels fold 1/rows, the gradient of the batch mean, into their output, which saves a pass. Powers of two only: another
 * factor would round and err under a different upstream gradient.
 */
export function foldedUpstream(rows: number): number {
  return rows > 0 && Number.isInteger(Math.log2(rows)) ? 1 / rows : 1;
}

/** Per-row factors that remain to be applied for an upstream gradient `[rows]`; null if all are 1. */
export function upstreamFactors(dy: Float32Array): Float32Array | null {
  const folded = foldedUpstream(dy.length);
  return dy.every((factor) => factor === folded) ? null : dy.map((factor) => factor / folded);
}
