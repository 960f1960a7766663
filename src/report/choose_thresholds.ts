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

/** Samples of one class and of others, by whether they are taken for it. */
export interface ThresholdCounts {
  /** Of the class, and taken for it. */
  tp: number;
  /** Of others, and taken for it. */
  fp: number;
  /** Of the class, and not taken for it. */
  fn: number;
  /** Of others, and not taken for it. */
  tn: number;
}

const AIMS = {
  f1: ({tp, fp, fn}: ThresholdCounts) => (2 * tp) / (2 * tp + fp + fn),
  balancedAccuracy: ({tp, fp, fn, tn}: ThresholdCounts) => (tp / (tp + fn) + tn / (tn + fp)) / 2,
  accuracy: ({tp, fp, fn, tn}: ThresholdCounts) => (tp + tn) / (tp + fp + fn + tn),
};

/** What thresholds are chosen for. */
export interface ChooseThresholdsOptions extends JudgeOptions {
  /** What is made largest for each class, by name or as a function of its counts. Default: `'f1'`. */
  maximize?: keyof typeof AIMS | ((counts: ThresholdCounts) => number);
}

/** A threshold for each class. */
export interface ChosenThresholds {
  /**
   * `[C]`, in the unit of what the model gives: a class is predicted where its score is above it. For `threshold` of
   * `Precision`, `Recall`, `F1` and `classificationReport`. Each lies between two scores that were observed.
   */
  thresholds: number[];
  /** What they reach on the data, `[C]`; NaN where nothing could be chosen. */
  values: number[];
  /** Classes without a sample that holds them, or of which all do: they have the threshold 0, or 0.5 of probabilities. */
  undecided: number[];
}

/**
 * For each class the threshold that is best on a data set, exactly: all distinct scores are tried. For models of one logit
 * and for samples that hold any number of classes. Of several thresholds as good as each other it is the highest. Choose on
 * validation data: on those that a model was trained on they are too good.
 *
 * @example
 * ```ts
 * const {thresholds} = await chooseThresholds(model, {xs, ys}, {maximize: 'f1'});
 * const report = await classificationReport(model, {xs, ys}, {threshold: thresholds});
 * ```
 *
 * @param data Batches `{xs, ys}`, or all of it at once.
 * @throws ValueError for invalid options, data without a batch, labels that are none and scores that are NaN.
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
    // To tfjs's types, a tidy gives tensors only.
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

/** An aim whose values are numbers. */
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
  // Nothing is above the highest score.
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

// A float32 number, as scores are: the middle where there is one, else the lower of both, which is not above itself.
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high ? middle : low;
}
