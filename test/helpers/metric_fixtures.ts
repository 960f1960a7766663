import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';

export interface MetricFixture {
  classes: number;
  labels: number[];
  predicted: number[];
  hits: number[];
  support: number[];
  accuracy: number;
  balancedAccuracy: number;
  group: number[];
  groupAccuracy: number | null;
}

/** What scikit-learn says, made by test/fixtures/make_metric_fixtures.py. */
export const metricFixtures: MetricFixture[] = JSON.parse(
  readFileSync(join(__dirname, '../fixtures/metrics.json'), 'utf8'),
);

/** Labels, and logits whose highest is the fixture's prediction. */
export function tensorsOf({classes, labels, predicted}: MetricFixture): [tf.Tensor1D, tf.Tensor2D] {
  const noise = tf.randomUniform([labels.length, classes], 0, 1, 'float32', 5);
  const highest = tf.oneHot(tf.tensor1d(predicted, 'int32'), classes).toFloat();
  return [tf.tensor1d(labels, 'int32'), noise.add(highest) as tf.Tensor2D];
}
