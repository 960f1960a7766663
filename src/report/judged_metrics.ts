import type {Metric} from '../core/metric';
import type {LabeledData} from '../training/frozen_features';
import {contextOf, type JudgeContext, type JudgeData, judgeBatches, type NamedModel} from './judged_batches';

/**
 * Updates a metric of each model with all batches and reads it. Disposes the metrics' tensors, even if a batch is
 * refused.
 *
 * @param make Creates a metric.
 * @param read Reads a metric's result for a model.
 * @throws ValueError as `judgeBatches` does.
 */
export async function judgedMetrics<M extends Metric, R>(
  models: readonly NamedModel[],
  data: LabeledData,
  options: JudgeData,
  make: () => M,
  read: (metric: M, name: string, context: JudgeContext) => R,
): Promise<R[]> {
  const metrics = models.map(make);
  try {
    await judgeBatches(models, data, options, (i, yTrue, yPred, context) => {
      metrics[i].update(yTrue, yPred, context);
    });
    return models.map(({name, model}, i) => read(metrics[i], name, contextOf(model, options)));
  } finally {
    for (const metric of metrics) metric.reset();
  }
}
