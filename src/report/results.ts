import {reject} from '../core/errors';
import {type ClassFrequency, frequencyGroups, type GroupBounds} from '../frequency';
import {ConfusionMatrix} from '../metrics/confusion_matrix';

/** What two models make of one class. */
export interface ClassResult {
  /** Name of the class. */
  name: string;
  /** Samples of the class in the training set. */
  images: number;
  /** Frequency group, e.g. `'rare'`. */
  group: string;
  /** Samples of the class in the test set. */
  support: number;
  /** Share of them that each model gets right, 0 … 1. */
  recall: {
    /** Under cross entropy. */
    baseline: number;
    /** Under EQL. */
    eql: number;
  };
}

/** A test set, and what two models take its samples for. */
export interface ClassResultsOptions {
  /** What is counted of the training set. */
  freqInfo: ClassFrequency;
  /** The class of each test sample, integers in 0 … C − 1. */
  actual: ArrayLike<number>;
  /** The class that each model takes each test sample for. */
  predicted: {
    /** The model trained with cross entropy. */
    baseline: ArrayLike<number>;
    /** The model trained with EQL. */
    eql: ArrayLike<number>;
  };
  /** Frequency groups; default as in LVIS. */
  bounds?: GroupBounds;
}

/**
 * Each class's recall on a test set under two models, in class order; NaN where the test set has none of the class.
 *
 * @throws ValueError when labels and predictions differ in number, and for other classes.
 */
export function classResults({freqInfo, actual, predicted, bounds}: ClassResultsOptions): ClassResult[] {
  for (const model of ['baseline', 'eql'] as const) {
    if (predicted[model].length !== actual.length) {
      reject(`predicted.${model}`, `${actual.length} classes, as many as there are labels`, predicted[model]);
    }
  }
  const {names, groupOf} = frequencyGroups(freqInfo, bounds);
  const {numClasses} = freqInfo;
  const countsOf = (model: ArrayLike<number>) => new ConfusionMatrix(numClasses).add(actual, model);
  const [baseline, eql] = [countsOf(predicted.baseline), countsOf(predicted.eql)];
  const [support, recall] = [baseline.support, {baseline: baseline.recall, eql: eql.recall}];
  return Array.from(freqInfo.imageCounts, (images, j) => {
    return {
      name: freqInfo.classNames?.[j] ?? `class ${j}`,
      images,
      group: names[groupOf[j]],
      support: support[j],
      recall: {baseline: recall.baseline[j], eql: recall.eql[j]},
    };
  });
}

/** Accuracies in percent, and their difference in points. */
export interface ComparisonRow {
  /** Frequency group, or `'overall'`. */
  group: string;
  /** Classes in the group. */
  classes: number;
  /** Under cross entropy, in percent. */
  baseline: number;
  /** Under EQL, in percent. */
  eql: number;
  /** eql − baseline, in points. */
  difference: number;
}

/**
 * Accuracy of each frequency group in the order given, and overall: the mean of recalls weighted by support, which
 * is the share of the group's samples that are right.
 *
 * @throws ValueError for results without a class.
 */
export function compareGroups(results: readonly ClassResult[], groups: readonly string[]): ComparisonRow[] {
  if (results.length === 0) reject('results', 'results of at least one class', results);
  const row = (group: string, members: readonly ClassResult[]): ComparisonRow => {
    const support = members.reduce((sum, member) => sum + member.support, 0);
    const accuracy = (model: 'baseline' | 'eql') =>
      (100 * members.reduce((sum, {recall, support: n}) => sum + (n === 0 ? 0 : recall[model] * n), 0)) /
      support;
    const [baseline, eql] = [accuracy('baseline'), accuracy('eql')];
    return {group, classes: members.length, baseline, eql, difference: eql - baseline};
  };
  const byGroup = groups.map((name) =>
    row(
      name,
      results.filter(({group}) => group === name),
    ),
  );
  return [...byGroup.filter(({classes}) => classes > 0), row('overall', results)];
}
