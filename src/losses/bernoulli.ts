import * as tfc from '@tensorflow/tfjs-core';

/**
 * `size` draws of β ~ Bernoulli(γ). The stream depends on `seed` and `step` alone, not on the backend, so that
 * training that goes on after a save draws what uninterrupted training would have drawn.
 */
export function drawBernoulli(size: number, gamma: number, seed: number, step: number): Uint8Array {
  const uniform = tfc.tidy(() => tfc.randomUniform([size], 0, 1, 'float32', `${seed}:${step}`).dataSync());
  return Uint8Array.from(uniform, (u) => (u < gamma ? 1 : 0));
}
