import {reject} from '../../core/errors';
import {type FrequencyInfo, frequenciesOf} from '../../frequency/frequencies_of';

/** Above what is rounding, frequencies that add up to more than 1 are those of images with several classes. */
const SLACK = 1e-6;

/**
 * The shares of the C classes and, at last, of background, `[C + 1]`, of images that hold at most one class each.
 *
 * @throws ValueError for frequencies that add up to more than 1.
 */
export function classShares(freqInfo: FrequencyInfo): Float64Array {
  const frequencies = frequenciesOf(freqInfo);
  const sum = frequencies.reduce((total, f) => total + f, 0);
  if (sum > 1 + SLACK) {
    reject(
      'freqInfo',
      'of images that hold one class at most, with frequencies that add up to 1 or less',
      sum,
    );
  }
  const shares = new Float64Array(frequencies.length + 1);
  shares.set(frequencies);
  // A rest of rounding is no background.
  shares[frequencies.length] = sum > 1 - SLACK ? 0 : 1 - sum;
  return shares;
}
