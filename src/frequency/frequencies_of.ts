import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {ClassFrequency} from './class_frequency';
import {ClassFrequencyCounter} from './class_frequency_counter';

/** Class frequencies in any form that losses and metrics accept: counted, being counted, or plain f_j in 0 … 1. */
export type FrequencyInfo = ClassFrequency | ClassFrequencyCounter | ArrayLike<number>;

/**
 * The f_j of any {@link FrequencyInfo}, `[numClasses]` in float64; for a counter, those counted so far. Do not write to
 * the result.
 *
 * @throws ValueError for f_j that are not in 0 … 1, and for a counter that has counted nothing yet.
 */
export function frequenciesOf(freqInfo: FrequencyInfo): Float64Array {
  if (isCounted(freqInfo)) return freqInfo.frequencies;
  if (!Array.isArray(freqInfo) && !ArrayBuffer.isView(freqInfo)) {
    const kinds = 'a ClassFrequency, a ClassFrequencyCounter or an array of frequencies';
    reject('freqInfo', `${kinds} (freqInfoFromCounts takes counts by name)`, freqInfo);
  }
  return frequencyArray('freqInfo', freqInfo);
}

/** Whether image counts are known, not just frequencies. */
export function isCounted(freqInfo: unknown): freqInfo is ClassFrequency | ClassFrequencyCounter {
  return freqInfo instanceof ClassFrequency || freqInfo instanceof ClassFrequencyCounter;
}

/** Names of the classes, in index order, if known. */
export function namesOf(freqInfo: FrequencyInfo | undefined): readonly string[] | undefined {
  return isCounted(freqInfo) ? freqInfo.classNames : undefined;
}

/**
 * Copies plain f_j to float64.
 *
 * @param argument The caller's name for them, for the message.
 * @throws ValueError for none, and for any that is not in 0 … 1.
 */
export function frequencyArray(argument: string, values: ArrayLike<number>): Float64Array {
  requireInteger(`${argument}.length`, values.length, 1);
  for (let j = 0; j < values.length; ++j) {
    if (typeof values[j] !== 'number' || !(values[j] >= 0 && values[j] <= 1)) {
      reject(`${argument}[${j}]`, 'a frequency in 0 … 1', values[j]);
    }
  }
  return Float64Array.from(values);
}
