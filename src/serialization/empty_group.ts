import {show} from '../core/errors';
import type {Metric} from '../core/metric';
import {ClassFrequencyCounter, frequencyGroups, LVIS_GROUPS} from '../frequency';
import {GroupAccuracy} from '../metrics/group_accuracy';

const warned = new WeakSet<Metric>();

/** Warns, once for each metric, of a `GroupAccuracy` whose group holds no class: NaN in every epoch. */
export function warnOfEmptyGroup(metric: Metric): void {
  if (!(metric instanceof GroupAccuracy)) return;
  const {group, freqInfo, bounds = LVIS_GROUPS} = metric;
  // A counter that has not counted yet says nothing of its groups.
  if (freqInfo instanceof ClassFrequencyCounter && freqInfo.numImages === 0) return;
  if (warned.has(metric) || frequencyGroups(freqInfo, bounds).classes[group].length > 0) return;
  warned.add(metric);
  console.warn(
    `GroupAccuracy: no class is in group ${show(group)} of ${JSON.stringify(bounds)}. The value of '${metric.name}' will be ` +
      'NaN in every epoch, which tf.callbacks.earlyStopping takes for no improvement. Leave the metric out, ' +
      'or give other bounds.',
  );
}
