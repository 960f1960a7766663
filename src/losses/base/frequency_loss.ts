import type {serialization} from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';
import {
  deserializeFrequencyInfo,
  type FrequencyInfo,
  type FrequencyInfoJSON,
  serializeFrequencyInfo,
} from '../../frequency';
import {checkedFrequencyInfo, classCounts} from './class_counts';
import {RowLoss, type RowLossOptions} from './row_loss';

/** What losses that depend on class frequencies have in common. */
export interface FrequencyLossOptions extends RowLossOptions {
  /**
   * How often each class occurs; a live `ClassFrequencyCounter` is asked anew at every call. A class without images
   * is taken to have one image, of plain f_j as many as the rarest class that has some.
   */
  freqInfo: FrequencyInfo;
}

/** Losses that depend on how often each class occurs. */
export abstract class FrequencyLoss extends RowLoss {
  /** How often each class occurs. A plain array was copied. */
  readonly freqInfo: FrequencyInfo;

  protected constructor(options: FrequencyLossOptions) {
    super(options);
    this.freqInfo = checkedFrequencyInfo(options?.freqInfo);
  }

  /**
   * Images (or f_j) of each class as of now, all above 0.
   *
   * @throws ValueError when freqInfo is not about as many classes as the predictions.
   */
  protected counts(classes: number): Float64Array {
    const counts = classCounts(this.freqInfo);
    if (counts.length !== classes) {
      reject('freqInfo', `about ${classes} classes, the last dimension of yPred`, counts.length);
    }
    return counts;
  }

  /** Options as plain JSON. */
  getConfig(): serialization.ConfigDict {
    const freqInfo = serializeFrequencyInfo(this.freqInfo) as serialization.ConfigDictValue;
    return {...this.rowConfig(), freq_info: freqInfo};
  }

  /** The frequencies that `getConfig` wrote. */
  protected static freqInfoFrom(config: Record<string, unknown>): FrequencyInfo {
    return deserializeFrequencyInfo(config.freq_info as FrequencyInfoJSON);
  }
}
