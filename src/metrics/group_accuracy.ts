import type {Tensor, Tensor2D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {Constructor} from '../core/constructor';
import {reject} from '../core/errors';
import type {MetricContext} from '../core/metric';
import {
  deserializeFrequencyInfo,
  type FrequencyInfo,
  type FrequencyInfoJSON,
  frequencyGroups,
  type GroupBounds,
  serializeFrequencyInfo,
} from '../frequency';
import {classHits} from './class_hits';
import {type MetricOptions, PredictionMetric} from './prediction_metric';

/** The group that a `GroupAccuracy` measures. */
export interface GroupAccuracyOptions extends MetricOptions {
  /** Name of the group: `'rare'`, `'common'` or `'frequent'`, unless `bounds` defines others. */
  group: string;
  /** The source of the classes' image counts. */
  freqInfo: FrequencyInfo;
  /** Bounds of the groups. Default: those of LVIS (1–10, 11–100, more than 100 images). */
  bounds?: GroupBounds;
}

/**
 * Accuracy over the samples of one frequency group's classes: how often the highest prediction is the class that the
 * sample holds. Its name in histories is `<group>_accuracy`, unless `name` is given.
 *
 * @example
 * ```ts
 * model.compile({optimizer: 'adam', loss, metrics: ['accuracy', new GroupAccuracy({group: 'rare', freqInfo})]});
 * const history = await model.fit(xs, ys, {epochs: 1, verbose: 0});
 * console.log(Object.keys(history.history)); // → [ 'loss', 'acc', 'rare_accuracy' ]
 * ```
 */
export class GroupAccuracy extends PredictionMetric {
  /** Saved as `longtail>GroupAccuracy`. */
  static readonly className: string = 'GroupAccuracy';
  /** Name of the group. */
  readonly group: string;
  /** The source of the classes' image counts. */
  readonly freqInfo: FrequencyInfo;
  /** Bounds of the groups, if given. */
  readonly bounds: GroupBounds | undefined;

  /**
   * @throws ValueError for an unknown option, a group that the bounds do not name, or a freqInfo that cannot be grouped
   *   by them.
   */
  constructor(options: GroupAccuracyOptions) {
    super(`${typeof options?.group === 'string' ? options.group : 'group'}_accuracy`, options, [
      'group',
      'freqInfo',
      'bounds',
    ]);
    const {group, freqInfo, bounds} = options;
    const {names} = frequencyGroups(freqInfo, bounds);
    if (!names.includes(group))
      reject('group', `one of ${names.map((name) => `'${name}'`).join(', ')}`, group);
    this.group = group;
    this.freqInfo = freqInfo;
    this.bounds = bounds;
  }

  /** Hits and samples of each class, float32 `[C]` each. */
  statistics(yTrue: Tensor, yPred: Tensor, context?: MetricContext): Tensor[] {
    return classHits(yTrue, yPred, this.takesLogits(context), this.ignored(context));
  }

  /**
   * Hits per sample of the group's classes, a float32 scalar; NaN without any.
   * @throws ValueError if freqInfo and the predictions differ in their number of classes.
   */
  result([hits, support]: Tensor[]): Tensor {
    const {classes, groupOf} = frequencyGroups(this.freqInfo, this.bounds);
    const numClasses = hits.shape[0] as number;
    if (groupOf.length !== numClasses) {
      reject('freqInfo', `about ${numClasses} classes, the last dimension of yPred`, groupOf.length);
    }
    const mask = new Float32Array(numClasses);
    for (const j of classes[this.group]) mask[j] = 1;
    const inGroup = (x: Tensor) =>
      tfc.matMul(tfc.tensor2d(mask, [1, numClasses]), tfc.reshape(x, [numClasses, 1]) as Tensor2D);
    return tfc.reshape(tfc.div(inGroup(hits), inGroup(support)), []);
  }

  /** The options, as plain JSON. */
  override getConfig(): tfc.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      group: this.group,
      freq_info: serializeFrequencyInfo(this.freqInfo) as tfc.serialization.ConfigDictValue,
      bounds: (this.bounds ?? null) as tfc.serialization.ConfigDictValue,
    };
  }

  /** Restores a metric from the result of `getConfig`, for `tf.loadLayersModel`. */
  static override fromConfig<T>(cls: Constructor<T>, config: Record<string, unknown>): T {
    return new cls({
      ...PredictionMetric.optionsFrom(config),
      group: config.group as string,
      freqInfo: deserializeFrequencyInfo(config.freq_info as FrequencyInfoJSON),
      bounds: (config.bounds as GroupBounds | null) ?? undefined,
    });
  }
}
