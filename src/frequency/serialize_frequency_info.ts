import {reject} from '../core/errors';
import {markShared, readShared, withoutMark} from '../core/shared_objects';
import {ClassFrequency, type ClassFrequencyJSON} from './class_frequency';
import {ClassFrequencyCounter} from './class_frequency_counter';
import type {ClassFrequencyCounterJSON} from './counter_options';
import {type FrequencyInfo, frequenciesOf} from './frequencies_of';

export type FrequencyInfoJSON =
  | number[]
  | ClassFrequencyJSON
  | {class_name: 'ClassFrequency'; config: ClassFrequencyJSON}
  | {class_name: 'ClassFrequencyCounter'; config: ClassFrequencyCounterJSON};

/**
 * Writes JSON from which `deserializeFrequencyInfo` restores the same: an array for plain f_j, `{class_name, config}`
 * for the classes. While a model is saved, an object that it already holds is written as a reference.
 */
export function serializeFrequencyInfo(freqInfo: FrequencyInfo): FrequencyInfoJSON {
  if (freqInfo instanceof ClassFrequency) {
    const config = withoutMark(freqInfo.toJSON());
    return markShared(freqInfo, {class_name: 'ClassFrequency', config});
  }
  if (freqInfo instanceof ClassFrequencyCounter) {
    const config = withoutMark(freqInfo.toJSON());
    return markShared(freqInfo, {class_name: 'ClassFrequencyCounter', config});
  }
  return Array.from(frequenciesOf(freqInfo));
}

/**
 * The inverse of `serializeFrequencyInfo`. Handwritten counts `{num_images, image_counts}` are read as a
 * ClassFrequency.
 *
 * @throws ValueError for anything else, and for values that the classes reject.
 */
export function deserializeFrequencyInfo(json: FrequencyInfoJSON): FrequencyInfo {
  if (Array.isArray(json)) return Array.from(frequenciesOf(json));
  if (typeof json === 'object' && json !== null) {
    if ('class_name' in json) {
      if (json.class_name === 'ClassFrequency') {
        return readShared(json, ClassFrequency, ClassFrequency.fromJSON);
      }
      if (json.class_name === 'ClassFrequencyCounter') {
        const make = (config: ClassFrequencyCounterJSON) => ClassFrequencyCounter.fromJSON(config);
        return readShared(json, ClassFrequencyCounter, make);
      }
    } else if ('num_images' in json && 'image_counts' in json) {
      return ClassFrequency.fromJSON(json);
    }
  }
  return reject('freq_info', 'an array of frequencies, or counts as written by serializeFrequencyInfo', json);
}
