import {requireStrings} from '../core/require_string';
import {type Estimate, estimate} from './estimate';
import {modelsOf, requireResults} from './require_results';
import {type ClassResult, runsOf} from './results';

/** A model's accuracy in a group. */
export interface ModelAccuracy {
  /** The model's name. */
  name: string;
  /** In percent; for several runs their mean, with its interval. */
  accuracy: Estimate;
  /**
   * Difference from the first model, in points. Taken run by run if both have equally many runs, as runs with one seed
   * are pairs.
   */
  difference: Estimate;
}

/** A frequency group under each model. */
export interface ModelComparisonRow {
  /** Frequency group, or `'overall'`. */
  group: string;
  /** Classes in the group. */
  classes: number;
  /** In the order given; the others are compared with the first. */
  models: ModelAccuracy[];
}

/**
 * Computes the accuracy of each frequency group in the order given, and overall: the mean of recalls weighted by
 * support, which is the share of the group's samples classified correctly. Empty groups have no row.
 *
 * @param models Names of the models; the first is the reference. Default: all, in the order of the results.
 * @throws ValueError for results without a class and models that they lack.
 */
export function compareModels(
  results: readonly ClassResult[],
  groups: readonly string[],
  models: readonly string[] = modelsOf(results),
): ModelComparisonRow[] {
  requireResults(results, models);
  requireStrings('groups', groups);
  const byGroup = groups.map((name) =>
    comparisonRow(
      name,
      results.filter(({group}) => group === name),
      models,
    ),
  );
  return [...byGroup.filter(({classes}) => classes > 0), comparisonRow('overall', results, models)];
}

function comparisonRow(
  group: string,
  members: readonly ClassResult[],
  models: readonly string[],
): ModelComparisonRow {
  const accuracies = models.map((name) => accuracyOfRuns(members, name));
  const [reference] = accuracies;
  return {
    group,
    classes: members.length,
    models: models.map((name, i) => ({
      name,
      accuracy: estimate(accuracies[i]),
      difference: difference(accuracies[i], reference),
    })),
  };
}

function difference(runs: readonly number[], reference: readonly number[]): Estimate {
  if (runs.length === reference.length) return estimate(runs.map((value, i) => value - reference[i]));
  return {mean: estimate(runs).mean - estimate(reference).mean};
}

function accuracyOfRuns(members: readonly ClassResult[], model: string): number[] {
  const support = members.reduce((sum, member) => sum + member.support, 0);
  const [first] = members;
  const runs = (first && runsOf(first, model)?.length) ?? 1;
  return Array.from({length: runs}, (_, run) => {
    const recallOf = (member: ClassResult) => runsOf(member, model)?.[run] ?? member.recall[model];
    const right = members.reduce((sum, member) => {
      return sum + (member.support === 0 ? 0 : recallOf(member) * member.support);
    }, 0);
    return (100 * right) / support;
  });
}

/** Accuracies of a baseline and EQL in percent, and their difference in points. */
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
 * `compareModels` of the two models `baseline` and `eql`, in rows without intervals.
 *
 * @throws ValueError for results without a class, or of other models.
 */
export function compareGroups(results: readonly ClassResult[], groups: readonly string[]): ComparisonRow[] {
  return compareModels(results, groups, ['baseline', 'eql']).map(({group, classes, models}) => {
    const [baseline, eql] = models;
    return {
      group,
      classes,
      baseline: baseline.accuracy.mean,
      eql: eql.accuracy.mean,
      difference: eql.difference.mean,
    };
  });
}
