/** Counts of each class over a data set, `[C]` each. */
export interface ReportCounts {
  /** Samples that hold the class and are taken for it. */
  hits: Float64Array;
  /** Samples that hold it. */
  support: Float64Array;
  /** Samples that are taken for it. */
  predicted: Float64Array;
}

/** Precision, recall and F1 of a class or several, in 0 … 1. */
export interface ReportScores {
  /** Share of the samples taken for it that hold it; 0 where none is taken for it. */
  precision: number;
  /** Share of the samples that hold it that are taken for it; 0 where none holds it. */
  recall: number;
  /** 2 · hits / (support + predicted); 0 where both are 0. */
  f1: number;
  /** Samples that hold it. */
  support: number;
}

/** A class of a report. */
export interface ReportClass extends ReportScores {
  /** Its name. */
  name: string;
  /** Its frequency group, where the report has groups. */
  group?: string;
  /** Samples that are taken for it. */
  predicted: number;
}

/** A frequency group of a report: the mean over its classes that occur or are predicted. */
export interface ReportGroup extends ReportScores {
  /** Its name. */
  name: string;
  /** How many classes are in it. NaN stands for the scores of a group without any. */
  classes: number;
}

/** What a report says of one model; plain JSON. */
export interface ModelReport {
  /** The model. */
  name: string;
  /** Each class, in index order. */
  classes: ReportClass[];
  /** Each frequency group, where the report has them. */
  groups?: ReportGroup[];
  /** Share of the samples of which a class is predicted; not with a threshold. */
  accuracy?: number;
  /** Of all counts together. */
  micro: ReportScores;
  /** The mean over classes that occur or are predicted. */
  macro: ReportScores;
  /** The same, each class weighing its support. */
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

/** The scores of each class. */
export function classScores({hits, support, predicted}: ReportCounts): ReportScores[] {
  return Array.from(hits, (n, j) => scoresOf(n, support[j], predicted[j]));
}

/** Of all counts together. */
export function microScores({hits, support, predicted}: ReportCounts): ReportScores {
  const sum = (counts: Float64Array) => counts.reduce((total, n) => total + n, 0);
  return scoresOf(sum(hits), sum(support), sum(predicted));
}

/**
 * The mean of classes' scores.
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
