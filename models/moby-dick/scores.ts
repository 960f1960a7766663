import {type ClassFrequency, frequencyGroups} from '../../src/frequency';

/** Accuracy in percent of each frequency group, and overall. */
export type Accuracies = Record<string, number>;

/** The share of test crops that are read right, by the frequency group of their class; NaN where a group has none. */
export function groupAccuracies(
  freqInfo: ClassFrequency,
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
): Accuracies {
  const {names, groupOf} = frequencyGroups(freqInfo);
  const right = new Array<number>(names.length).fill(0);
  const support = new Array<number>(names.length).fill(0);
  for (let row = 0; row < actual.length; ++row) {
    const group = groupOf[actual[row]];
    ++support[group];
    if (predicted[row] === actual[row]) ++right[group];
  }
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return {
    ...Object.fromEntries(names.map((name, group) => [name, (100 * right[group]) / support[group]])),
    overall: (100 * sum(right)) / sum(support),
  };
}
