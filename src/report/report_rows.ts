/** Counts of each class over a dataset, `[C]` each. */
export interface ReportCounts {
  /** Samples that hold the class and are predicted as it. */
  hits: Float64Array;
  /** Samples that hold it. */
  support: Float64Array;
  /** Samples predicted as it. */
  predicted: Float64Array;
}

/** Precision, recall and F1 of a class or several, in 0 … 1. */
export interface ReportScores {
  /** Share of the samples predicted as it that hold it; 0 if there are none. */
  precision: number;
  /** Share of the samples holding it that are predicted as it; 0 if there are none. */
  recall: number;
  /** 2 · hits / (support + predicted); 0 if both are 0. */
  f1: number;
  /** Samples that hold it. */
  support: number;
}

/** A class of a report. */
export interface ReportClass extends ReportScores {
  /** Its name. */
  name: string;
  /** Its frequency group, if the report has groups. */
  group?: string;
  /** Samples predicted as it. */
  predicted: number;
}

/** A frequency group of a report: means over its classes that occur or are predicted. */
export interface ReportGroup extends ReportScores {
  /** Its name. */
  name: string;
  /** Number of classes in it. The scores of an empty group are NaN. */
  classes: number;
}

/** The report on one model, as plain JSON. */
export interface ModelReport {
  /** The model's name. */
  name: string;
  /** The classes, in index order. */
  classes: ReportClass[];
  /** The frequency groups, if the report has them. */
  groups?: ReportGroup[];
  /** Share of the samples whose predicted class they hold; absent with a threshold. */
  accuracy?: number;
  /** Scores of the summed counts. */
  micro: ReportScores;
  /** Means over classes that occur or are predicted. */
  macro: ReportScores;
  /** The same means, weighted by support. */
  weighted: ReportScores;
}

const ratio = (above: number, below: number) => (below === 0 ? 0 : above / below);

function scoresOf(hits: number, support: number, predicted: number): ReportScores {
  return {
    precision: ratio(hits, predicted),
    recall: ratio(hits, support),
    f1: ratio(2 * hits, support + predicted),
    support,
  };
}

/** Scores of each class. */
export function classScores({hits, support, predicted}: ReportCounts): ReportScores[] {
  return Array.from(hits, (n, j) => scoresOf(n, support[j], predicted[j]));
}

/** Scores of the summed counts. */
export function microScores({hits, support, predicted}: ReportCounts): ReportScores {
  const sum = (counts: Float64Array) => counts.reduce((total, n) => total + n, 0);
  return scoresOf(sum(hits), sum(support), sum(predicted));
}

/**
 * Mean of classes' scores.
 *
 * @param weights Default: 1 for each.
 */
export function meanScores(scores: readonly ReportScores[], weights = scores.map(() => 1)): ReportScores {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (key: 'precision' | 'recall' | 'f1') =>
    scores.reduce((sum, one, i) => sum + weights[i] * one[key], 0) / total;
  const support = scores.reduce((sum, one) => sum + one.support, 0);
  return {precision: mean('precision'), recall: mean('recall'), f1: mean('f1'), support};
}
