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

/** Options common to losses that depend on class frequencies. */
export interface FrequencyLossOptions extends RowLossOptions {
  /**
   * How often each class occurs; a live `ClassFrequencyCounter` is read at every call. A class without images is
   * treated as having one image (given plain f_j: as many as the least frequent class with images).
   */
  freqInfo: FrequencyInfo;
}

/** Losses that depend on how often each class occurs. */
export abstract class FrequencyLoss extends RowLoss {
  /** How often each class occurs. A plain array was copied. */
  readonly freqInfo: FrequencyInfo;
  private last?: {counts: Float64Array; derived: unknown};

  protected constructor(options: FrequencyLossOptions) {
    super(options);
    this.freqInfo = checkedFrequencyInfo(options?.freqInfo);
  }

  /**
   * The present images (or f_j) of each class, all above 0.
   *
   * @throws ValueError if freqInfo and the predictions differ in their number of classes.
   */
  protected counts(classes: number): Float64Array {
    const counts = classCounts(this.freqInfo);
    if (counts.length !== classes) {
      reject('freqInfo', `about ${classes} classes, the last dimension of yPred`, counts.length);
    }
    return counts;
  }

  /**
   * What `derive`, always the same function of a loss, makes of the counts: the same object as before while they are the
   * same.
   *
   * @throws ValueError as `counts` does.
   */
  protected fromCounts<T>(classes: number, derive: (counts: Float64Array) => T): T {
    const counts = this.counts(classes);
    if (!this.last?.counts.every((count, j) => count === counts[j])) {
      this.last = {counts, derived: derive(counts)};
    }
    // A loss has one such function.
    return this.last.derived as T;
  }

  /** Options as plain JSON. */
  getConfig(): serialization.ConfigDict {
    const freqInfo = serializeFrequencyInfo(this.freqInfo) as serialization.ConfigDictValue;
    return {...this.rowConfig(), freq_info: freqInfo};
  }

  /** Restores the frequencies that `getConfig` wrote. */
  protected static freqInfoFrom(config: Record<string, unknown>): FrequencyInfo {
    return deserializeFrequencyInfo(config.freq_info as FrequencyInfoJSON);
  }
}
