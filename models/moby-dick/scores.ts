import {type ClassFrequency, frequencyGroups} from '../../src/frequency';
import {ConfusionMatrix} from '../../src/metrics';

/** Accuracy in percent of each frequency group, and overall. */
export type Accuracies = Record<string, number>;

/** The share of correctly predicted test crops, by the frequency group of their class; NaN if a group has none. */
export function groupAccuracies(
  freqInfo: ClassFrequency,
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
): Accuracies {
  const {names, classes} = frequencyGroups(freqInfo);
  const {hits, support} = new ConfusionMatrix(freqInfo.numClasses).add(actual, predicted);
  const percent = (of: readonly number[]) => {
    const sum = (counts: Float64Array) => of.reduce((total, j) => total + counts[j], 0);
    return (100 * sum(hits)) / sum(support);
  };
  return {
    ...Object.fromEntries(names.map((name) => [name, percent(classes[name])])),
    overall: percent(Object.values(classes).flat()),
  };
}
