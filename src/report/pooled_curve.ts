const MOST_POINTS = 200;

/** Precision and recall if everything above some score is predicted, in 0 … 1. */
export interface PrecisionRecallPoint {
  /** Share of the positives that are found. */
  recall: number;
  /** Share of the predictions that are correct. */
  precision: number;
}

/**
 * The curve of all pairs of a row and one of the classes together, from the highest score down, thinned out evenly;
 * empty if none of the classes occurs.
 *
 * @param rows Scores and 0/1 labels, `[rows, C]` each, and which rows count.
 */
export function pooledCurve(
  [scores, held, counted]: readonly ArrayLike<number>[],
  classes: readonly number[],
  numClasses: number,
): PrecisionRecallPoint[] {
  const places: number[] = [];
  for (let row = 0; row < counted.length; ++row) {
    if (counted[row]) for (const j of classes) places.push(row * numClasses + j);
  }
  places.sort((a, b) => scores[b] - scores[a]);
  const positives = places.reduce((sum, place) => sum + Number(held[place] !== 0), 0);
  if (positives === 0) return [];
  const points: PrecisionRecallPoint[] = [];
  let hits = 0;
  places.forEach((place, i) => {
    if (held[place]) ++hits;
    const isLastOfScore = i + 1 === places.length || scores[places[i + 1]] !== scores[place];
    if (isLastOfScore) points.push({recall: hits / positives, precision: hits / (i + 1)});
  });
  const step = Math.max(1, points.length / MOST_POINTS);
  return points.filter(
    (_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step) || i === points.length - 1,
  );
}
