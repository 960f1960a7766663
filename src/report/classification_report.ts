import type {Tensor} from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {type FrequencyInfo, frequencyGroups, type GroupBounds, namesOf} from '../frequency';
import {classCounts, type ScoreThreshold} from '../metrics/class_counts';
import {binaryHits, rowHits} from '../metrics/class_hits';
import type {LabeledData} from '../training/frozen_features';
import {checkJudgeOptions, type JudgeOptions} from './judge_options';
import {type JudgeContext, judgeBatches, type Models, namedModels} from './judged_batches';
import {classScores, type ModelReport, meanScores, microScores, type ReportCounts} from './report_rows';
import {reportHtml, reportText} from './report_tables';
import {requireReports} from './require_reports';

/** Options of `classificationReport`. */
export interface ClassificationReportOptions extends JudgeOptions {
  /** Source of the classes' image counts; adds frequency groups to the report. */
  freqInfo?: FrequencyInfo;
  /** Bounds of the groups. Default: those of LVIS. With `QUANTILE_GROUPS`, none is empty. */
  bounds?: GroupBounds;
  /**
   * For samples of several classes: every class with a score above it is predicted. Default: only the highest class.
   */
  threshold?: ScoreThreshold;
}

/** A report as JSON. */
export interface ClassificationReportJSON {
  /** The report on each model. */
  models: readonly ModelReport[];
}

/** Reports on models on the same data: as text (`` `${report}` ``), as JSON, and as HTML. */
export class ClassificationReport {
  /** @throws ValueError for anything but the output of `toJSON`. */
  constructor(
    /** The report on each model. */
    readonly models: readonly ModelReport[],
  ) {
    requireReports(models);
  }

  /** Tables for a terminal: one per model, and one of the models' F1 if there are several. */
  toString(): string {
    return reportText(this.models);
  }

  /** Tables for a page. */
  get html(): string {
    return reportHtml(this.models);
  }

  /** Everything, as plain JSON. */
  toJSON(): ClassificationReportJSON {
    return {models: this.models};
  }
}

/**
 * Precision, recall and F1 of each class, of frequency groups and averaged, over a whole dataset, for any number of
 * models, like scikit-learn's `classification_report`. Averages leave out classes that neither occur nor are predicted.
 * With one logit, negatives are a class of their own.
 *
 * @example
 * ```ts
 * const report = await classificationReport(model, {xs, ys}, {freqInfo, bounds: QUANTILE_GROUPS});
 * console.log(`${report}`.split('\n')[0]); // → model                precision  recall     F1  support
 * console.log(report.models[0].groups?.map(({name, classes}) => `${name} ${classes}`)); // → [ 'few 33', 'medium 33', 'many 34' ]
 * ```
 *
 * @param models One model, models by name, or a list of `{name, model}`. Anything with `predict` will do.
 * @param data Batches `{xs, ys}`, or all of it at once.
 * @throws ValueError for invalid options, data without a batch, names or counts of another number of classes, invalid
 *   labels and NaN scores.
 */
export async function classificationReport(
  models: Models,
  data: LabeledData,
  options: ClassificationReportOptions = {},
): Promise<ClassificationReport> {
  checkJudgeOptions('classificationReport', options, ['freqInfo', 'bounds', 'threshold']);
  checkThreshold(options.threshold);
  const named = namedModels(models);
  const counters = named.map(() => new Counter(options.threshold));
  await judgeBatches(named, data, options, (i, yTrue, yPred, context) => {
    counters[i].add(yTrue, yPred, context);
  });
  return new ClassificationReport(
    named.map(({name}, i) => modelReport(name, counters[i].counts, counters[i].accuracy, options)),
  );
}

function checkThreshold(threshold: ScoreThreshold | undefined): void {
  const isList = Array.isArray(threshold) || ArrayBuffer.isView(threshold);
  const all = isList ? Array.from(threshold as ArrayLike<number>) : [threshold === undefined ? 0 : threshold];
  if (!all.every(Number.isFinite)) reject('threshold', 'a finite number, or one for each class', threshold);
}

class Counter {
  private sums: [hits: Float64Array, support: Float64Array, predicted: Float64Array] | undefined;
  private rows = [0, 0];
  private readonly binaryRows = [0, 0];

  constructor(private readonly threshold: ScoreThreshold | undefined) {}

  add(yTrue: Tensor, yPred: Tensor, {fromLogits, ignoreLabel}: JudgeContext): void {
    const added = classCounts(yTrue, yPred, {fromLogits, ignoreLabel, threshold: this.threshold});
    const classes = added[0].shape[0];
    this.sums ??= [0, 0, 0].map(() => new Float64Array(classes)) as NonNullable<typeof this.sums>;
    if (this.sums[0].length !== classes) reject('models', 'models of as many classes in every batch', yPred);
    addTo(this.sums, added);
    addTo(
      [this.rows],
      [{dataSync: () => rowHits(yTrue, yPred, fromLogits, ignoreLabel).map((x) => x.dataSync()[0])}],
    );
    if (classes === 1) addTo([this.binaryRows], binaryHits(yTrue, yPred, fromLogits, ignoreLabel).slice(1));
  }

  /** Counts of negatives and positives if there is one logit. */
  get counts(): ReportCounts {
    const [hits, support, predicted] = this.sums as NonNullable<typeof this.sums>;
    if (hits.length > 1) return {hits, support, predicted};
    const rows = this.binaryRows[0] + this.binaryRows[1];
    const negatives = rows - support[0] - predicted[0] + hits[0];
    return {
      hits: Float64Array.of(negatives, hits[0]),
      support: Float64Array.of(rows - support[0], support[0]),
      predicted: Float64Array.of(rows - predicted[0], predicted[0]),
    };
  }

  get accuracy(): number | undefined {
    const isBinary = this.sums?.[0].length === 1;
    if (isBinary) return microScores(this.counts).recall;
    return this.threshold === undefined ? this.rows[0] / this.rows[1] : undefined;
  }
}

function addTo(
  sums: readonly (Float64Array | number[])[],
  added: readonly {dataSync(): ArrayLike<number>}[],
): void {
  added.forEach((counts, i) => {
    const values = counts.dataSync();
    for (let j = 0; j < values.length; ++j) sums[i][j] += values[j];
  });
}

function modelReport(
  name: string,
  counts: ReportCounts,
  accuracy: number | undefined,
  {classNames, freqInfo, bounds}: ClassificationReportOptions,
): ModelReport {
  const scores = classScores(counts);
  const isBinary =
    freqInfo !== undefined && scores.length === 2 && frequencyGroups(freqInfo, bounds).groupOf.length === 1;
  const groups = freqInfo === undefined || isBinary ? undefined : frequencyGroups(freqInfo, bounds);
  if (groups && groups.groupOf.length !== scores.length) {
    reject('freqInfo', `about ${scores.length} classes, as the predictions`, groups.groupOf.length);
  }
  const names = classNames ?? (isBinary ? undefined : namesOf(freqInfo));
  if (names && names.length !== scores.length) {
    reject('classNames', `${scores.length} names, one for each class`, names);
  }
  const isSeen = (j: number) => counts.support[j] + counts.predicted[j] > 0;
  const seen = scores.filter((_, j) => isSeen(j));
  return {
    name,
    classes: scores.map((score, j) => ({
      name: names?.[j] ?? `class ${j}`,
      ...(groups && {group: groups.names[groups.groupOf[j]]}),
      ...score,
      predicted: counts.predicted[j],
    })),
    ...(groups && {
      groups: groups.names.map((group) => ({
        name: group,
        classes: groups.classes[group].length,
        ...meanScores(groups.classes[group].filter(isSeen).map((j) => scores[j])),
      })),
    }),
    ...(accuracy !== undefined && {accuracy}),
    micro: microScores(counts),
    macro: meanScores(seen),
    weighted: meanScores(
      seen,
      seen.map(({support}) => support),
    ),
  };
}
