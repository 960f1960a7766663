import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {countedTotals} from '../core/metric';
import {MeanAveragePrecision} from '../metrics/mean_average_precision';
import {type RankedScores, rankedScores} from '../metrics/ranking';
import type {LabeledData} from '../training/frozen_features';
import {checkJudgeOptions, type JudgeOptions} from './judge_options';
import {isPredictor, type Predictor} from './judged_batches';
import {judgedMetrics} from './judged_metrics';

/** Counts of samples of one class and of others, by whether the class is predicted. */
export interface ThresholdCounts {
  /** Samples of the class, predicted as it. */
  tp: number;
  /** Samples of others, predicted as it. */
  fp: number;
  /** Samples of the class, not predicted as it. */
  fn: number;
  /** Samples of others, not predicted as it. */
  tn: number;
}

const AIMS = {
  f1: ({tp, fp, fn}: ThresholdCounts) => (2 * tp) / (2 * tp + fp + fn),
  balancedAccuracy: ({tp, fp, fn, tn}: ThresholdCounts) => (tp / (tp + fn) + tn / (tn + fp)) / 2,
  accuracy: ({tp, fp, fn, tn}: ThresholdCounts) => (tp + tn) / (tp + fp + fn + tn),
};

/** Options of `chooseThresholds`. */
export interface ChooseThresholdsOptions extends JudgeOptions {
  /** The metric to maximize for each class, by name or as a function of its counts. Default: `'f1'`. */
  maximize?: keyof typeof AIMS | ((counts: ThresholdCounts) => number);
}

/** One threshold per class. */
export interface ChosenThresholds {
  /**
   * `[C]`, in the unit of the model's output: a class is predicted if its score is above the threshold. For `threshold`
   * of `Precision`, `Recall`, `F1` and `classificationReport`. Each lies between two observed scores.
   */
  thresholds: number[];
  /** The values they reach on the data, `[C]`; NaN if nothing could be chosen. */
  values: number[];
  /** Classes that no sample holds, or that all samples hold: their threshold is 0 for logits, 0.5 for probabilities. */
  undecided: number[];
}

/**
 * Finds each class's exact best threshold on a dataset by trying all distinct scores. For models with one logit and for
 * samples that hold any number of classes. Ties go to the highest threshold. Choose thresholds on validation data: on
 * training data the scores are too good.
 *
 * @example
 * ```ts
 * const {thresholds} = await chooseThresholds(model, {xs, ys}, {maximize: 'f1'});
 * const report = await classificationReport(model, {xs, ys}, {threshold: thresholds});
 * ```
 *
 * @param data Batches `{xs, ys}`, or all of it at once.
 * @throws ValueError for invalid options, data without a batch, invalid labels and NaN scores.
 */
export async function chooseThresholds(
  model: Predictor,
  data: LabeledData,
  options: ChooseThresholdsOptions = {},
): Promise<ChosenThresholds> {
  checkJudgeOptions('chooseThresholds', options, ['maximize']);
  if (!isPredictor(model)) reject('model', 'one with a method `predict`', model);
  const {maximize = 'f1'} = options;
  const isAim = typeof maximize === 'string' && Object.hasOwn(AIMS, maximize);
  if (typeof maximize !== 'function' && !isAim) {
    reject(
      'maximize',
      `a function, or one of ${Object.keys(AIMS)
        .map((name) => `'${name}'`)
        .join(', ')}`,
      maximize,
    );
  }
  const aim = typeof maximize === 'function' ? checked(maximize) : AIMS[maximize];
  const one = [{name: 'model', model}];
  const make = () => new MeanAveragePrecision();
  const [chosen] = await judgedMetrics(one, data, options, make, (metric, _, {fromLogits}) => {
    // By tfjs's types, a tidy returns only tensors.
    const best = tfc.tidy(() => bestOfClasses(countedTotals(metric) ?? [], aim) as never) as (
      | Best
      | undefined
    )[];
    return {
      thresholds: best.map((of) => of?.threshold ?? (fromLogits ? 0 : 0.5)),
      values: best.map((of) => of?.value ?? Number.NaN),
      undecided: best.flatMap((of, j) => (of === undefined ? [j] : [])),
    };
  });
  return chosen;
}

/** Wraps an aim to check that its values are numbers. */
function checked(aim: (counts: ThresholdCounts) => unknown): (counts: ThresholdCounts) => number {
  return (counts) => {
    const value = aim(counts);
    return typeof value === 'number' ? value : reject('maximize(counts)', 'a number', value);
  };
}

interface Best {
  threshold: number;
  value: number;
}

function bestOfClasses(rows: Tensor[], aim: (counts: ThresholdCounts) => number): (Best | undefined)[] {
  const [scores, held, counted] = rows.map((row) => row.dataSync());
  const classes = rows[0].shape[1] as number;
  return Array.from({length: classes}, (_, j) =>
    bestThreshold(rankedScores(scores, held, counted, classes, j), aim),
  );
}

function bestThreshold(
  {all, positives}: RankedScores,
  aim: (counts: ThresholdCounts) => number,
): Best | undefined {
  const [n, p] = [all.length, positives.length];
  if (p === 0 || p === n) return undefined;
  // No score is above the highest.
  let best = {threshold: all[n - 1], value: aim({tp: 0, fp: 0, fn: p, tn: n - p})};
  let [above, tp] = [0, 0];
  while (above < n) {
    const score = all[n - 1 - above];
    while (above < n && all[n - 1 - above] === score) ++above;
    while (tp < p && positives[p - 1 - tp] === score) ++tp;
    const value = aim({tp, fp: above - tp, fn: p - tp, tn: n - p - (above - tp)});
    if (value > best.value || Number.isNaN(best.value)) {
      const next = above < n ? all[n - 1 - above] : score - 1 - Math.abs(score);
      best = {threshold: between(next, score), value};
    }
  }
  return best;
}

// Returns a float32 number, as scores are: the middle if there is one, otherwise the lower, which is not above itself.
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high ? middle : low;
}
