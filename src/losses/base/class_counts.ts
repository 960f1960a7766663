import {reject} from '../../core/errors';
import {type FrequencyInfo, frequenciesOf, isCounted} from '../../frequency';

/**
 * How often each class occurs, above 0 for every class, `[numClasses]` in float64: images N_j for counted frequencies,
 * f_j for plain ones. A class without images is treated as having one image (given plain f_j: as many as the least
 * frequent class with images), as 0 would mean a logarithm of 0 or an unbounded weight.
 *
 * @throws ValueError if there are no images at all, and as `frequenciesOf` does.
 */
export function classCounts(freqInfo: FrequencyInfo): Float64Array {
  const counts = isCounted(freqInfo) ? freqInfo.imageCounts : frequenciesOf(freqInfo);
  // Copy where that is enough: losses ask at every batch, and a filter takes many times as long.
  if (!counts.includes(0)) return counts.slice();
  const [least] = counts.filter((count) => count > 0).sort();
  if (!least) reject('freqInfo', 'of classes with images', freqInfo);
  return counts.map((count) => count || (isCounted(freqInfo) ? 1 : least));
}

/**
 * Returns `freqInfo`, with a plain array as a checked copy: changing the array later must not change the loss.
 *
 * @throws ValueError if it is not a {@link FrequencyInfo}.
 */
export function checkedFrequencyInfo(freqInfo: FrequencyInfo): FrequencyInfo {
  return isCounted(freqInfo) ? freqInfo : frequenciesOf(freqInfo);
}
