import {reject} from '../../core/errors';
import {type FrequencyInfo, frequenciesOf, isCounted} from '../../frequency';

/**
 * How often each class occurs, above 0 for every class, `[numClasses]` in float64: images N_j of counted frequencies,
 * f_j of plain ones. A class without images is taken to have one image, of plain f_j as many as the rarest class that
 * has some: 0 would mean a logarithm of 0 or a weight without bounds.
 *
 * @throws ValueError for no images at all, and where `frequenciesOf` does.
 */
export function classCounts(freqInfo: FrequencyInfo): Float64Array {
  const counts = isCounted(freqInfo) ? freqInfo.imageCounts : frequenciesOf(freqInfo);
  const positive = counts.filter((count) => count > 0);
  if (positive.length === 0) reject('freqInfo', 'of classes with images', freqInfo);
  const least = isCounted(freqInfo) ? 1 : positive.reduce((least, count) => Math.min(least, count));
  return counts.map((count) => (count > 0 ? count : least));
}

/**
 * `freqInfo`, a plain array as a checked copy: what the caller does to it later must not change the loss.
 *
 * @throws ValueError when it is no {@link FrequencyInfo}.
 */
export function checkedFrequencyInfo(freqInfo: FrequencyInfo): FrequencyInfo {
  return isCounted(freqInfo) ? freqInfo : frequenciesOf(freqInfo);
}
