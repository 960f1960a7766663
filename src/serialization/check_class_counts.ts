import type {LayersModel} from '@tensorflow/tfjs-layers';
import {reject} from '../core/errors';
import {RowLoss} from '../losses/base/row_loss';
import {PredictionMetric} from '../metrics/prediction_metric';
import {lossEntries, metricEntries} from './compile_entries';
import type {Entries} from './model_internals';

interface Outputs {
  outputs: LayersModel['outputs'];
  outputNames: string[];
}

/**
 * Compares the number of classes of losses and metrics from a file with that of their outputs: training would fail only
 * at the first batch.
 *
 * @throws ValueError naming the output.
 */
export function checkClassCounts(
  {outputs, outputNames}: Outputs,
  loss: Entries | null | undefined,
  metrics: Entries | null | undefined,
): void {
  const ofMetrics = metricEntries(metrics, outputNames);
  lossEntries(loss, outputNames).forEach((entry, i) => {
    const classes = outputs[i].shape.at(-1);
    if (typeof classes !== 'number') return;
    for (const object of [entry, ...ofMetrics[i]]) {
      const known = knownClasses(object);
      if (known === undefined || known === classes) continue;
      reject(`freq_info of output '${outputNames[i]}'`, `about ${classes} classes, as the output has`, known);
    }
  });
}

function knownClasses(object: unknown): number | undefined {
  // Losses and metrics with their own way of reading labels may count other classes.
  const isPlain =
    object instanceof RowLoss ? object.call === RowLoss.prototype.call : object instanceof PredictionMetric;
  if (!isPlain) return undefined;
  const {freqInfo} = object as {freqInfo?: {numClasses?: number; length?: number}};
  return freqInfo?.numClasses ?? freqInfo?.length;
}
