import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';

interface AdamInternals {
  beta1: number;
  beta2: number;
  iterations: number;
  accBeta1: tfc.Variable;
  accBeta2: tfc.Variable;
}

// Takes a tenth of a second. For β up to 1 − 1e-5 the products stop changing sooner.
const MOST_FACTORS = 2 ** 24;

/**
 * Replacement of AdamOptimizer.prototype.setWeights. Adam keeps β₁ᵗ and β₂ᵗ as running float32 products but restores
 * them with `pow`, whose last digit differs; training resumed after loading would drift from uninterrupted training.
 *
 * @throws ValueError before setting anything if the number of steps, the first weight, is not an integer ≥ 0.
 */
export function resumeAdam(original: (weights: unknown) => Promise<void>) {
  return async function (this: AdamInternals, weights: unknown): Promise<void> {
    await requireSteps(weights);
    await original.call(this, weights);
    tfc.tidy(() => {
      this.accBeta1.assign(tfc.scalar(runningProduct(this.beta1, this.iterations + 1)));
      this.accBeta2.assign(tfc.scalar(runningProduct(this.beta2, this.iterations + 1)));
    });
  };
}

async function requireSteps(weights: unknown): Promise<void> {
  const first = Array.isArray(weights) ? weights[0]?.tensor : undefined;
  if (!(first instanceof tfc.Tensor)) reject('weights[0]', "Adam's `iter`, the number of its steps", first);
  if (first.size !== 1) reject('iter', "a scalar, the number of Adam's steps", first);
  const [steps] = await first.data();
  if (!Number.isInteger(steps) || steps < 0)
    reject('iter', "an integer ≥ 0, the number of Adam's steps", steps);
}

/** β · β · … in float32, `count` factors, rounded after each like the optimizer's. */
function runningProduct(beta: number, count: number): number {
  const factor = Math.fround(beta);
  const rounded = Math.min(count, MOST_FACTORS);
  let product = factor;
  for (let i = 1; i < rounded; ++i) {
    const next = Math.fround(product * factor);
    if (next === product) return product;
    product = next;
  }
  return Math.fround(product * factor ** (count - rounded));
}
