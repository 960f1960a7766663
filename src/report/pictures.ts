import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {requireNumber} from '../core/require_number';
import {requireObject} from '../core/require_object';
import {requireString} from '../core/require_string';
import {type FrequencyInfo, frequencyGroups, type GroupBounds} from '../frequency';
import {classFrequencies} from './class_frequencies';
import type {ClassificationReport} from './classification_report';
import {compareModels} from './comparison';
import {modelColumns} from './comparison_columns';
import {type ConfusedPairsOptions, confusedPairs} from './confused_pairs';
import {type ConfusionOptions, confusionMatrix} from './confusion_matrix';
import {gradientShares, type LossGradients} from './gradient_shares';
import {historyFigure} from './history_figure';
import type {HistoryValues} from './history_runs';
import {modelRuns} from './model_runs';
import {namedEntries} from './named_entries';
import {type ModelCurves, precisionRecallCurves} from './precision_recall';
import {recallByFrequency} from './recall_by_frequency';
import {type ModelCalibration, reliabilityDiagram} from './reliability';
import {type ClassResultsOptions, classResults, RESULT_OPTIONS} from './results';
import type {SampleClasses} from './sample_classes';
import {htmlTable} from './table';
import {tailRatioCurve} from './tail_ratio_curve';
import type {Look} from './theme';

/** The result of `fit` or `fitDataset`, or the values in it. */
export type RunHistory =
  | {
      /** A value per epoch for each loss and metric. */
      history: HistoryValues;
    }
  | HistoryValues;

/** A model's run, or its runs with several seeds. */
export interface NamedRun {
  /** Name of the model in the picture; no two may share one. */
  name: string;
  /** The result of `fit`, or one per run. */
  run: RunHistory | readonly RunHistory[];
}

/** Runs by the models' names, or a list, which keeps its order. */
export type Runs = Readonly<Record<string, RunHistory | readonly RunHistory[]>> | readonly NamedRun[];

/** Labels of test samples, and a model's predictions. */
export interface Judgements {
  /** The class of each sample: integers or, with `classNames`, names. */
  actual: SampleClasses;
  /** The predicted class of each. */
  predicted: SampleClasses;
}

/** Every picture and table as text (SVG and HTML), from the arguments that notebooks and pages pass. */
export const pictures = {
  frequency: (freqInfo: FrequencyInfo, options: {lambda?: number; bounds?: GroupBounds}, look: Look) => {
    checkOptions('frequency', options, ['lambda', 'bounds']);
    return classFrequencies(freqInfo, {...options, ...look});
  },

  tailRatio: (freqInfo: FrequencyInfo, options: {marks?: Readonly<Record<string, number>>}, look: Look) => {
    checkOptions('tailRatio', options, ['marks']);
    return tailRatioCurve(freqInfo, {...options, ...look});
  },

  history: (runs: Runs, look: Look) => historyFigure(namedHistories(runs), look),

  recallByFrequency: (options: RecallPictureOptions, look: Look) => {
    checkOptions('recallByFrequency', options, [...RESULT_OPTIONS, 'lambda', 'detail']);
    const {lambda = 0, detail, ...rest} = options;
    requireNumber('lambda', lambda, 0);
    const results = classResults(rest);
    const threshold = lambda * rest.freqInfo.numImages;
    return recallByFrequency(results, {threshold, models: namesOf(rest), detail, ...look});
  },

  comparison: (options: ClassResultsOptions & {caption?: string}) => {
    checkOptions('comparison', options, [...RESULT_OPTIONS, 'caption']);
    const {caption = '', ...rest} = options;
    requireString('caption', caption);
    const results = classResults(rest);
    const models = namesOf(rest);
    const rows = compareModels(results, frequencyGroups(rest.freqInfo, rest.bounds).names, models);
    return htmlTable(rows, modelColumns(models), caption);
  },

  confusion: (options: Judgements & Omit<ConfusionOptions, keyof Look>, look: Look) => {
    checkOptions('confusion', options, ['actual', 'predicted', 'classNames', 'classes', 'groups']);
    const {actual, predicted, ...rest} = options;
    return confusionMatrix(actual, predicted, {...rest, ...look});
  },

  confusedPairs: (options: Judgements & Omit<ConfusedPairsOptions, keyof Look>, look: Look) => {
    checkOptions('confusedPairs', options, ['actual', 'predicted', 'classNames', 'k']);
    const {actual, predicted, ...rest} = options;
    return confusedPairs(actual, predicted, {...rest, ...look});
  },

  gradients: (losses: LossGradients, options: {rareFrom?: number}, look: Look) => {
    checkOptions('gradients', options, ['rareFrom']);
    return gradientShares(losses, {...options, ...look});
  },

  reliability: (models: readonly ModelCalibration[], look: Look) => reliabilityDiagram(models, look),

  precisionRecall: (models: readonly ModelCurves[], look: Look) => precisionRecallCurves(models, look),

  // May come from another copy of this package.
  report: (report: ClassificationReport) => {
    const html: unknown = report?.html;
    return typeof html === 'string' ? html : reject('report', 'a ClassificationReport', report);
  },
};

/** Names of the models, in the order of the legend. */
function namesOf({actual, predicted}: ClassResultsOptions): string[] {
  return modelRuns(predicted, actual.length).map(({name}) => name);
}

/** Options for recall by frequency. */
export interface RecallPictureOptions extends ClassResultsOptions {
  /** λ, drawn as a line. */
  lambda?: number;
  /** Whether to draw a dot per class, or a line through bins of classes. Default: bins for more than 40 classes. */
  detail?: 'classes' | 'bins';
}

function namedHistories(runs: Runs) {
  const histories = namedEntries('runs', runs, 'run', 'histories').map(({name, value, path}) => ({
    name,
    history: Array.isArray(value)
      ? Array.from(value, (run, i) => valuesOf(`${path}[${i}]`, run))
      : valuesOf(path, value),
  }));
  // Kept by name, so that messages refer to them as they were given.
  return Array.isArray(runs)
    ? histories
    : Object.fromEntries(histories.map(({name, history}) => [name, history]));
}

function valuesOf(path: string, run: unknown): HistoryValues {
  const values = requireObject(path, run);
  // A metric may be named history.
  const isRun = 'history' in values && !Array.isArray(values.history);
  return (isRun ? requireObject(`${path}.history`, values.history) : values) as HistoryValues;
}
