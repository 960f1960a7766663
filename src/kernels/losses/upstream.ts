/**
 * What kernels multiply the gradients of a batch's losses by where they compute them: the upstream gradient of their mean,
 * which spares training a second pass over them. 1 where that is no power of two: a factor that rounds would be felt under
 * any other upstream gradient.
 */
export function foldedUpstream(rows: number): number {
  return rows > 0 && Number.isInteger(Math.log2(rows)) ? 1 / rows : 1;
}

/** What is left to multiply rows by, `[rows]`, for an upstream gradient `[rows]`; null where nothing is. */
export function upstreamFactors(dy: Float32Array): Float32Array | null {
  const folded = foldedUpstream(dy.length);
  return dy.every((factor) => factor === folded) ? null : dy.map((factor) => factor / folded);
}
