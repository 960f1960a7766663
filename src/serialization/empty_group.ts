import {classNameOf} from '../core/constructor';
import {show} from '../core/errors';
import type {Metric} from '../core/metric';
import {
  ClassFrequencyCounter,
  type FrequencyInfo,
  frequencyGroups,
  type GroupBounds,
  LVIS_GROUPS,
} from '../frequency';
import {PredictionMetric} from '../metrics/prediction_metric';

/** Options of every metric with a group. */
interface Grouped {
  group?: string;
  freqInfo?: FrequencyInfo;
  bounds?: GroupBounds;
}

const warned = new WeakSet<Metric>();

/** Warns once about each metric whose group holds no class: its value is NaN in every epoch. */
export function warnOfEmptyGroup(metric: Metric): void {
  const {group, freqInfo, bounds = LVIS_GROUPS} = metric as Metric & Grouped;
  if (!(metric instanceof PredictionMetric) || group === undefined || freqInfo === undefined) return;
  // A counter that has not counted yet does not know its groups.
  if (freqInfo instanceof ClassFrequencyCounter && freqInfo.numImages === 0) return;
  if (warned.has(metric) || frequencyGroups(freqInfo, bounds).classes[group].length > 0) return;
  warned.add(metric);
  console.warn(
    `${classNameOf(metric.constructor)}: no class is in group ${show(group)} of ${JSON.stringify(bounds)}. The value of '${metric.name}' will be ` +
      'NaN in every epoch, which tf.callbacks.earlyStopping takes for no improvement. Leave the metric out, ' +
      'or give other bounds.',
  );
}
