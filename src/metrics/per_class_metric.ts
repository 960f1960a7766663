import type {serialization, Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {Constructor} from '../core/constructor';
import {reject} from '../core/errors';
import {countedTotals} from '../core/metric';
import {requireInteger} from '../core/require_integer';
import {
  deserializeFrequencyInfo,
  type FrequencyInfo,
  type FrequencyInfoJSON,
  frequencyGroups,
  type GroupBounds,
  serializeFrequencyInfo,
} from '../frequency';
import {type MetricOptions, PredictionMetric} from './prediction_metric';

/** The classes that a metric measures. Default: all. */
export interface PerClassOptions extends MetricOptions {
  /**
   * Measures only a frequency group's classes: `'rare'`, `'common'` or `'frequent'`, unless `bounds` defines others.
   */
  group?: string;
  /** The source of the classes' image counts; required with `group`. */
  freqInfo?: FrequencyInfo;
  /** Bounds of the groups. Default: those of LVIS (1–10, 11–100, more than 100 images). */
  bounds?: GroupBounds;
  /** Measures only the class with this index. */
  classIndex?: number;
}

const OPTIONS = ['group', 'freqInfo', 'bounds', 'classIndex'];

/** Metrics with a value per class, averaged over all classes, a group's or one. */
export abstract class PerClassMetric extends PredictionMetric {
  /** Name of the group, if given. */
  readonly group: string | undefined;
  /** The source of the classes' image counts, if given. */
  readonly freqInfo: FrequencyInfo | undefined;
  /** Bounds of the groups, if given. */
  readonly bounds: GroupBounds | undefined;
  /** Index of the only class, if given. */
  readonly classIndex: number | undefined;

  /**
   * @param baseName The name without group and class.
   * @throws ValueError for unknown options, a group that the bounds do not name or without `freqInfo`, and both a group
   *   and a class.
   */
  protected constructor(baseName: string, options: PerClassOptions, known: readonly string[] = []) {
    const {group, freqInfo, bounds, classIndex} = options ?? {};
    const prefix = group ?? (classIndex === undefined ? undefined : `class_${classIndex}`);
    super(prefix === undefined ? baseName : `${prefix}_${baseName}`, options, [...OPTIONS, ...known]);
    if (group !== undefined) {
      if (freqInfo === undefined) reject('freqInfo', 'given with `group`', freqInfo);
      const {names} = frequencyGroups(freqInfo, bounds);
      if (!names.includes(group))
        reject('group', `one of ${names.map((name) => `'${name}'`).join(', ')}`, group);
      if (classIndex !== undefined) reject('classIndex', 'absent with `group`', classIndex);
    }
    if (classIndex !== undefined) requireInteger('classIndex', classIndex, 0);
    this.group = group;
    this.freqInfo = freqInfo;
    this.bounds = bounds;
    this.classIndex = classIndex;
  }

  /**
   * The value of each class over everything that `update` has counted, `[C]`; NaN if it has none.
   *
   * @throws ValueError without a batch.
   */
  perClass(): number[] {
    return tfc.tidy(() => {
      const totals = countedTotals(this);
      if (totals === undefined) reject('perClass()', 'called after `update`', this.name);
      return this.classValues(totals);
    });
  }

  /** Computes the value of each class from the totals, in host memory. */
  protected abstract classValues(totals: Tensor[]): number[];

  /**
   * 1 for each class that counts, 0 for others.
   *
   * @throws ValueError if freqInfo and the predictions differ in their number of classes, or the class does not exist.
   */
  protected chosen(numClasses: number): Float32Array {
    const {group, freqInfo, bounds, classIndex} = this;
    if (classIndex !== undefined) {
      if (classIndex >= numClasses) reject('classIndex', `a class of ${numClasses}`, classIndex);
      return Float32Array.from({length: numClasses}, (_, j) => Number(j === classIndex));
    }
    if (group === undefined || freqInfo === undefined) return new Float32Array(numClasses).fill(1);
    const {names, groupOf} = frequencyGroups(freqInfo, bounds);
    if (groupOf.length !== numClasses) {
      reject('freqInfo', `about ${numClasses} classes, the last dimension of yPred`, groupOf.length);
    }
    return Float32Array.from(groupOf, (g) => Number(names[g] === group));
  }

  /** The options, as plain JSON. */
  override getConfig(): serialization.ConfigDict {
    const {group, freqInfo, bounds, classIndex} = this;
    return {
      ...super.getConfig(),
      ...(group !== undefined && {group}),
      ...(freqInfo !== undefined && {
        freq_info: serializeFrequencyInfo(freqInfo) as serialization.ConfigDictValue,
      }),
      // Plain JSON, though TypeScript does not accept an interface as such.
      ...(bounds !== undefined && {bounds: bounds as unknown as serialization.ConfigDictValue}),
      ...(classIndex !== undefined && {class_index: classIndex}),
    };
  }

  /** Restores the common options from `getConfig()`'s form. */
  protected static override optionsFrom(config: Record<string, unknown>): PerClassOptions {
    const freqInfo = config.freq_info as FrequencyInfoJSON | undefined;
    return {
      ...PredictionMetric.optionsFrom(config),
      group: config.group as string | undefined,
      freqInfo: freqInfo && deserializeFrequencyInfo(freqInfo),
      bounds: config.bounds as GroupBounds | undefined,
      classIndex: config.class_index as number | undefined,
    };
  }

  /** Restores a metric from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    return new cls(PerClassMetric.optionsFrom(config));
  }
}
