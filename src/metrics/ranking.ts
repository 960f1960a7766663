/** The scores of samples for one class, and those of the samples that hold it; both ascending. */
export interface RankedScores {
  all: Float32Array;
  positives: Float32Array;
}

/**
 * Σ_k (R_k − R_{k−1}) P_k over the distinct scores, in descending order (scikit-learn's `average_precision_score`), so
 * that samples with equal scores have no order among them; NaN without a positive and for NaN scores.
 */
export function averagePrecision({all, positives}: RankedScores): number {
  if (positives.length === 0 || hasNaN(all)) return Number.NaN;
  let [above, sum] = [0, 0];
  for (let found = 0; found < positives.length; ) {
    const score = positives[positives.length - 1 - found];
    const before = found;
    while (found < positives.length && positives[positives.length - 1 - found] === score) ++found;
    while (above < all.length && all[all.length - 1 - above] >= score) ++above;
    sum += ((found - before) * found) / above;
  }
  return sum / positives.length;
}

/**
 * The probability that a positive scores higher than a negative, where a tie counts as half: the area under the ROC
 * curve. NaN without a positive or a negative, and for NaN scores.
 */
export function areaUnderROC({all, positives}: RankedScores): number {
  const negatives = all.length - positives.length;
  if (positives.length === 0 || negatives === 0 || hasNaN(all)) return Number.NaN;
  let [below, upTo, sum] = [0, 0, 0];
  for (let found = 0; found < positives.length; ) {
    const score = positives[found];
    const before = found;
    while (found < positives.length && positives[found] === score) ++found;
    while (below < all.length && all[below] < score) ++below;
    upTo = Math.max(upTo, below);
    while (upTo < all.length && all[upTo] === score) ++upTo;
    const tied = upTo - below - (found - before);
    sum += (found - before) * (below - before + tied / 2);
  }
  return sum / (positives.length * negatives);
}

// Sorting puts NaN last.
const hasNaN = (ascending: Float32Array) => Number.isNaN(ascending[ascending.length - 1]);

/**
 * Extracts the scores of one class from rows.
 *
 * @param counted Which rows count.
 */
export function rankedScores(
  scores: ArrayLike<number>,
  held: ArrayLike<number>,
  counted: ArrayLike<number>,
  classes: number,
  j: number,
): RankedScores {
  const all = new Float32Array(counted.length);
  const positives = new Float32Array(counted.length);
  let [n, found] = [0, 0];
  for (let row = 0, at = j; row < counted.length; ++row, at += classes) {
    if (!counted[row]) continue;
    all[n++] = scores[at];
    if (held[at]) positives[found++] = scores[at];
  }
  return {all: all.subarray(0, n).sort(), positives: positives.subarray(0, found).sort()};
}
