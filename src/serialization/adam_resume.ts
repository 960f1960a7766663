import * as tfc from '@tensorflow/tfjs-core';

interface AdamInternals {
  beta1: number;
  beta2: number;
  iterations: number;
  accBeta1: tfc.Variable;
  accBeta2: tfc.Variable;
}

/**
 * Replacement of AdamOptimizer.prototype.setWeights. Adam keeps β₁ᵗ and β₂ᵗ as running float32 products but
 * restores them with `pow`, whose last digit differs; training that goes on after loading would drift from
 * training that never stopped.
 */
export function resumeAdam(original: (weights: unknown) => Promise<void>) {
  return async function (this: AdamInternals, weights: unknown): Promise<void> {
    await original.call(this, weights);
    tfc.tidy(() => {
      this.accBeta1.assign(tfc.scalar(runningProduct(this.beta1, this.iterations + 1)));
      this.accBeta2.assign(tfc.scalar(runningProduct(this.beta2, this.iterations + 1)));
    });
  };
}

/** β · β · … in float32, `count` factors, rounded after each as the optimizer does. */
function runningProduct(beta: number, count: number): number {
  const factor = Math.fround(beta);
  let product = factor;
  for (let i = 1; i < count && product !== 0; ++i) product = Math.fround(product * factor);
  return product;
}
