import {reject} from '../../core/errors';
import {type FrequencyInfo, frequenciesOf} from '../../frequency/frequencies_of';

/** Beyond this rounding error, frequencies that sum to more than 1 mean images with several classes. */
const SLACK = 1e-6;

/**
 * The shares of the C classes and, last, of background, `[C + 1]`, for images that hold at most one class each.
 *
 * @throws ValueError for frequencies that sum to more than 1.
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
  // A remainder due to rounding is not background.
  shares[frequencies.length] = sum > 1 - SLACK ? 0 : 1 - sum;
  return shares;
}
