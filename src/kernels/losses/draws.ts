/**
 * Draws of β ~ Bernoulli(γ) without an array: each depends only on its place i = r · C + j, the same on every backend.
 */
export interface Draws {
  /** Two 32-bit words, from the seed and the step. */
  key: readonly [number, number];
  /** γ · 2³². β_i = 1 where the bits drawn for i are below it. */
  threshold: number;
}

/**
 * The draws of one training step.
 *
 * @param gamma γ in 0 … 1, but not 1.
 * @param seed A safe integer.
 */
export function drawsOf(gamma: number, seed: number, step: number): Draws {
  const low = mix(seed ^ mix(step));
  const high = mix(Math.floor(seed / 2 ** 32) ^ mix(low));
  return {key: [low, high], threshold: Math.floor(gamma * 2 ** 32)};
}

/** β of element i. */
export function isDrawn({key, threshold}: Draws, i: number): boolean {
  return mix(mix(i ^ key[0]) + key[1]) < threshold;
}

// The finalizer "lowbias32" (C. Wellons): every bit of x flips every bit of the result with a chance near one half.
function mix(x: number): number {
  let bits = x >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
