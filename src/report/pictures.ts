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
import {type ModelCurves, precisionRecallCurves} from './precision_recall';
import {recallByFrequency} from './recall_by_frequency';
import {type ModelCalibration, reliabilityDiagram} from './reliability';
import {type ClassResultsOptions, classResults} from './results';
import type {SampleClasses} from './sample_classes';
import {htmlTable} from './table';
import {tailRatioCurve} from './tail_ratio_curve';
import type {Look} from './theme';

/** What `fit` and `fitDataset` return, or the values in it. */
export type RunHistory =
  | {
      /** A value per epoch for each loss and metric. */
      history: HistoryValues;
    }
  | HistoryValues;

/** A model's run, or its runs with several seeds. */
export interface NamedRun {
  /** The model, as the picture shows it; no two may share a name. */
  name: string;
  /** What `fit` gave. */
  run: RunHistory | readonly RunHistory[];
}

/** Runs by the names of the models, or a list where the order matters. */
export type Runs = Readonly<Record<string, RunHistory | readonly RunHistory[]>> | readonly NamedRun[];

/** Labels of test samples, and what a model takes them for. */
export interface Judgements {
  /** The class of each sample: integers or, where `classNames` are given, names. */
  actual: SampleClasses;
  /** The class that it is taken for. */
  predicted: SampleClasses;
}

/** Every picture and table as text (SVG and HTML), of the arguments that notebooks and pages give. */
export const pictures = {
  frequency: (freqInfo: FrequencyInfo, options: {lambda?: number; bounds?: GroupBounds}, look: Look) =>
    classFrequencies(freqInfo, {...options, ...look}),

  tailRatio: (freqInfo: FrequencyInfo, options: {marks?: Readonly<Record<string, number>>}, look: Look) =>
    tailRatioCurve(freqInfo, {...options, ...look}),

  history: (runs: Runs, look: Look) => historyFigure(namedHistories(runs), look),

  recallByFrequency: (options: RecallPictureOptions, look: Look) => {
    const {lambda = 0, detail, freqInfo, actual, predicted} = options;
    const models = modelRuns(predicted, actual.length).map(({name}) => name);
    const threshold = lambda * freqInfo.numImages;
    return recallByFrequency(classResults(options), {threshold, models, detail, ...look});
  },

  comparison: ({caption = '', ...options}: ClassResultsOptions & {caption?: string}) => {
    const {freqInfo, actual, predicted, bounds} = options;
    const models = modelRuns(predicted, actual.length).map(({name}) => name);
    const rows = compareModels(classResults(options), frequencyGroups(freqInfo, bounds).names, models);
    return htmlTable(rows, modelColumns(models), caption);
  },

  confusion: ({actual, predicted, ...rest}: Judgements & Omit<ConfusionOptions, keyof Look>, look: Look) =>
    confusionMatrix(actual, predicted, {...rest, ...look}),

  confusedPairs: (
    {actual, predicted, ...rest}: Judgements & Omit<ConfusedPairsOptions, keyof Look>,
    look: Look,
  ) => confusedPairs(actual, predicted, {...rest, ...look}),

  gradients: (losses: LossGradients, options: {rareFrom?: number}, look: Look) =>
    gradientShares(losses, {...options, ...look}),

  reliability: (models: readonly ModelCalibration[], look: Look) => reliabilityDiagram(models, look),

  precisionRecall: (models: readonly ModelCurves[], look: Look) => precisionRecallCurves(models, look),

  report: (report: ClassificationReport) => report.html,
};

/** What a picture of recall by frequency is made of. */
export interface RecallPictureOptions extends ClassResultsOptions {
  /** λ, drawn as a line. */
  lambda?: number;
  /** Whether each class has a dot, or bins of classes are points of a line. Default: bins for more than 40 classes. */
  detail?: 'classes' | 'bins';
}

function namedHistories(runs: Runs) {
  const named = Array.isArray(runs)
    ? (runs as readonly NamedRun[])
    : Object.entries(runs).map(([name, run]) => ({name, run: run as NamedRun['run']}));
  return named.map(({name, run}) => ({
    name,
    history: Array.isArray(run) ? run.map(valuesOf) : valuesOf(run as RunHistory),
  }));
}

function valuesOf(run: RunHistory): HistoryValues {
  return 'history' in run && !Array.isArray(run.history)
    ? (run.history as HistoryValues)
    : (run as HistoryValues);
}
