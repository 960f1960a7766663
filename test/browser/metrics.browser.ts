import * as tf from '@tensorflow/tfjs';
import {ClassFrequency} from '../../src';
import * as metrics from '../../src/metrics';
import {read} from './evaluate';
import {assert, check} from './harness/check';

const freqInfo = new ClassFrequency({imageCounts: [500, 30, 2], numImages: 600});
const MAKE: Record<string, (options: metrics.MetricOptions) => metrics.PredictionMetric> = {
  BalancedAccuracy: (options) => new metrics.BalancedAccuracy(options),
  ExpectedCalibrationError: (options) => new metrics.ExpectedCalibrationError(options),
  F1: (options) => new metrics.F1(options),
  ForegroundAccuracy: (options) => new metrics.ForegroundAccuracy(options),
  GroupAccuracy: (options) => new metrics.GroupAccuracy({...options, group: 'rare', freqInfo}),
  MatthewsCorrelation: (options) => new metrics.MatthewsCorrelation(options),
  Precision: (options) => new metrics.Precision(options),
  Recall: (options) => new metrics.Recall({...options, threshold: 0}),
  TopK: (options) => new metrics.TopK({...options, k: 1}),
};
const RIGHT = [3, 0, 0, 0, 3, 0, 0, 0, 3];

async function result(metric: metrics.PredictionMetric, labels: number[], scores: number[]): Promise<number> {
  const [[value]] = await read([
    tf.tidy(() => metric(tf.tensor1d(labels), tf.tensor2d(scores, [labels.length, 3]))),
  ]);
  return value;
}

for (const [name, make] of Object.entries(MAKE)) {
  check(`${name}: NaN is no prediction of the first class, and no label`, async () => {
    for (let i = 0; i < RIGHT.length; ++i) {
      const scores = RIGHT.map((score, at) => (at === i ? Number.NaN : score));
      const value = await result(make({}), [0, 1, 2], scores);
      assert(Number.isNaN(value), `${value} with NaN at ${i}`);
    }
    for (const wrong of [4, -1, 0.5, Number.NaN]) {
      const value = await result(make({}), [0, 1, 2, wrong], [...RIGHT, 1, 0, 0]);
      assert(Number.isNaN(value), `${value} with the label ${wrong}`);
    }
  });

  check(`${name}: what does not count may be NaN`, async () => {
    const whole = await result(make({}), [0, 1, 2], RIGHT);
    const nan = new Array<number>(3).fill(Number.NaN);
    const value = await result(make({ignoreLabel: 255}), [0, 1, 2, 255], [...RIGHT, ...nan]);
    assert(Math.abs(value - whole) < 1e-6, `${value}, expected ${whole}`);
  });
}
