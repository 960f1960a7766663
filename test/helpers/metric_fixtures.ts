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

export interface BinaryMetricFixture {
  /** 1 = positive. */
  labels: number[];
  logits: number[];
  accuracy: number;
  balancedAccuracy: number;
  /** Of the positives; null where there are none. */
  recall: number | null;
}

/** What scikit-learn says of one logit, from the same script. */
export const binaryMetricFixtures: BinaryMetricFixture[] = JSON.parse(
  readFileSync(join(__dirname, '../fixtures/binary_metrics.json'), 'utf8'),
);

/** The labels of a binary fixture in every shape and dtype, each with the shape of the predictions. */
export function binaryLabels({labels}: BinaryMetricFixture): Array<[tf.Tensor, number[]]> {
  const rows = labels.length;
  const columns = labels.flatMap((y) => [y, 1 - y]);
  const soft = labels.map((y) => 0.9 * y + 0.05);
  return [
    ...(['int32', 'float32', 'bool'] as const).map((dtype): [tf.Tensor, number[]] => [
      tf.tensor(labels, [rows], dtype),
      [rows, 1],
    ]),
    [tf.tensor(labels, [rows, 1]), [rows, 1]],
    [tf.tensor(labels, [1, rows]), [1, rows, 1]],
    [tf.tensor(labels, [1, rows, 1]), [1, rows, 1]],
    [tf.tensor(columns, [rows, 2]), [rows, 1]],
    [tf.tensor(soft, [rows]), [rows, 1]],
    [
      tf.tensor(
        soft.flatMap((y) => [y, 1 - y]),
        [1, rows, 2],
      ),
      [1, rows, 1],
    ],
  ];
}
