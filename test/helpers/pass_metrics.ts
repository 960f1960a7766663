import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import fc from 'fast-check';
import type {Metric, MetricContext} from '../../src/core/metric';
import {deserializeObject, serializeObject} from '../../src/core/registry';
import {useBackend} from './backends';
import {useGpuLikeBackend} from './gpu_like';

type Averages = Record<
  'byClass' | 'macro' | 'micro',
  Record<'precision' | 'recall' | 'f1', (number | null)[]>
>;

export interface SingleLabelFixture extends Averages {
  classes: number;
  labels: number[];
  logits: number[];
  present: number[];
  group: number[];
  ofGroup: Averages | null;
  averagePrecision: number;
  areaUnderROC: number;
  groupAveragePrecision: number | null;
  groupAreaUnderROC: number | null;
  averagePrecisionOfClasses: (number | null)[];
  topK: Record<string, number>;
  matthews: number;
  calibration: Record<string, number>;
}

export interface MultiLabelFixture extends Averages {
  classes: number;
  labels: number[];
  logits: number[];
  present: number[];
  meanAveragePrecision: number;
  areaUnderROC: number;
  threshold: number;
  thresholds: number[];
  ofThresholds: Averages;
}

export interface BinaryFixture {
  labels: number[];
  logits: number[];
  precision: number;
  recall: number;
  f1: number;
  averagePrecision: number | null;
  areaUnderROC: number | null;
  matthews: number;
  calibration: Record<string, number>;
}

function casesOf<T>(name: string): T[] {
  return JSON.parse(readFileSync(join(__dirname, `../fixtures/metrics/${name}.json`), 'utf8')).cases;
}

/** What scikit-learn and torchmetrics say, made by test/fixtures/metrics/make_fixtures.py. */
export const singleLabel = casesOf<SingleLabelFixture>('single_label');
export const multiLabel = casesOf<MultiLabelFixture>('multi_label');
export const binary = casesOf<BinaryFixture>('binary');

/** Labels and logits; integers where a row holds one class. */
export function tensorsOf({
  labels,
  logits,
  classes = 1,
}: {
  labels: number[];
  logits: number[];
  classes?: number;
}) {
  const rows = logits.length / classes;
  const yTrue = labels.length === rows ? tf.tensor1d(labels, 'int32') : tf.tensor2d(labels, [rows, classes]);
  return [yTrue, tf.tensor2d(logits, [rows, classes])] as const;
}

/** Frequencies by which the classes of `group` are rare. */
export function groupOptions(classes: number, group: readonly number[]) {
  const freqInfo = Array.from({length: classes}, (_, j) => (group.includes(j) ? 0.001 : 0.1));
  return {group: 'rare', freqInfo, bounds: [{name: 'rare', maxFrequency: 0.01}, {name: 'frequent'}]};
}

export const BACKENDS = ['cpu', 'wasm', 'gpu-like'] as const;

export async function useAnyBackend(backend: (typeof BACKENDS)[number]): Promise<void> {
  await (backend === 'gpu-like' ? useGpuLikeBackend() : useBackend(backend));
}

/** Value and context of a metric for one batch. */
export function judged(metric: Metric, yTrue: tf.Tensor, yPred: tf.Tensor, context?: MetricContext): number {
  return context === undefined
    ? tf.tidy(() => metric(yTrue, yPred).dataSync()[0])
    : metric.reset().update(yTrue, yPred, context).value();
}

export function isClose(actual: number, expected: number | null | undefined, tolerance = 2e-6): boolean {
  return expected == null ? Number.isNaN(actual) : Math.abs(actual - expected) <= tolerance;
}

/** Saved and loaded, the same configuration. */
export function roundTrips(t: ExecutionContext, metric: Metric, config: object): void {
  const json = JSON.parse(JSON.stringify(serializeObject(metric)));
  const {className} = metric.constructor as unknown as {className: string};
  t.deepEqual(json, {class_name: `longtail>${className}`, config});
  const loaded = deserializeObject(json) as Metric;
  t.is(loaded.constructor, metric.constructor);
  t.is(loaded.name, metric.name);
  t.deepEqual(serializeObject(loaded).config, config);
}

/** Any order of the samples in batches of any sizes gives the value of all at once, and no memory is lost. */
export function splitsAlike(
  t: ExecutionContext,
  metric: Metric,
  [yTrue, yPred]: readonly [tf.Tensor, tf.Tensor],
  runs = 15,
): void {
  const rows = yPred.shape[0];
  const whole = judged(metric, yTrue, yPred);
  const before = tf.memory().numTensors;
  const order = fc.shuffledSubarray(
    Array.from({length: rows}, (_, i) => i),
    {minLength: rows},
  );
  fc.assert(
    fc.property(order, fc.array(fc.nat(rows), {maxLength: 4}), (places, cuts) => {
      const ends = [...cuts, rows].sort((a, b) => a - b);
      tf.tidy(() => {
        let start = 0;
        for (const end of ends) {
          const batch = tf.tensor1d(places.slice(start, end), 'int32');
          if (end > start) metric.update(tf.gather(yTrue, batch), tf.gather(yPred, batch));
          start = end;
        }
      });
      t.true(isClose(metric.value(), whole, 1e-6), `${metric.name}: ${metric.value()}, not ${whole}`);
      metric.reset();
    }),
    {numRuns: runs},
  );
  t.is(tf.memory().numTensors, before, metric.name);
}
