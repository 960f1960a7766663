/**
 * The upstream gradient of each loss of a batch whose mean is taken: kernels multiply it in where they compute the
 * gradient, so that training needs no second pass over that. 1 where it is no power of two: a factor that rounds would be
 * felt under any other upstream gradient.
 */
export function meanUpstream(rows: number): number {
  return rows > 0 && Number.isInteger(Math.log2(rows)) ? 1 / rows : 1;
}

/** What is left to multiply rows by, `[rows]`, for an upstream gradient `[rows]`; null where nothing is. */
export function upstreamFactors(dy: Float32Array): Float32Array | null {
  const mean = meanUpstream(dy.length);
  return dy.every((factor) => factor === mean) ? null : dy.map((factor) => factor / mean);
}
