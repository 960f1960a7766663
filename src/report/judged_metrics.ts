import type {Metric} from '../core/metric';
import type {LabeledData} from '../training/frozen_features';
import {contextOf, type JudgeContext, type JudgeData, judgeBatches, type NamedModel} from './judged_batches';

/**
 * Updates a metric of each model with all batches and reads it. Gives the metrics' tensors back, also if a batch is refused.
 *
 * @param make A new metric.
 * @param read What a metric has found for a model.
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
