/**
 * (1 − β) / (1 − β^n), the reciprocal of the effective number of n images (Cui et al., CVPR 2019, arXiv 1901.05555, eq.
 * 2): 1 for β = 0, 1/n for β → 1.
 *
 * @param n Above 0.
 * @param beta In 0 … 1; 1 stands for the limit.
 */
export function perEffectiveNumber(n: number, beta: number): number {
  return beta === 1 ? 1 / n : (1 - beta) / -Math.expm1(n * Math.log(beta));
}
