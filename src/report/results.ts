import {reject} from '../errors';

/** What two models make of one class. */
export interface ClassResult {
  name: string;
  /** Samples of the class in the training set. */
  images: number;
  /** Frequency group, e.g. `'rare'`. */
  group: string;
  /** Samples of the class in the test set. */
  support: number;
  /** Share of them that each model gets right, 0 … 1. */
  recall: {baseline: number; eql: number};
}

/** Accuracies in percent, and their difference in points. */
export interface ComparisonRow {
  group: string;
  classes: number;
  baseline: number;
  eql: number;
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
      (100 * members.reduce((sum, {recall, support: n}) => sum + recall[model] * n, 0)) / support;
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
