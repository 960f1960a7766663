import {type FrequencyInfo, lambdaForTailRatio, tailRatio} from '../../frequency';

/** Tail ratios that worked (arXiv 2003.05176, section 4.4: 2 % to 10 %), the one to try first in front. */
const TARGETS = [0.03, 0.05, 0.1];

/** A λ whose tail ratio is above 0 and at most 10 %, or undefined if no class is that rare. */
export function lambdaInRange(freqInfo: FrequencyInfo): {lambda: number; ratio: number} | undefined {
  for (const target of TARGETS) {
    let lambda: number;
    try {
      lambda = lambdaForTailRatio(freqInfo, target);
    } catch {
      // No class is that rare.
      continue;
    }
    const ratio = tailRatio(freqInfo, lambda);
    if (ratio > 0) return {lambda, ratio};
  }
  return undefined;
}
