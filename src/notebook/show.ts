import {type FrequencyInfo, frequencyGroups, type GroupBounds} from '../frequency';
import {classFrequencies} from '../report/class_frequencies';
import {compareModels} from '../report/comparison';
import {modelColumns} from '../report/comparison_columns';
import {type ConfusionOptions, confusionMatrix} from '../report/confusion_matrix';
import {gradientShares, type LossGradients} from '../report/gradient_shares';
import {historyFigure} from '../report/history_figure';
import type {HistoryValues} from '../report/history_runs';
import {modelRuns} from '../report/model_runs';
import {recallByFrequency} from '../report/recall_by_frequency';
import {type ClassResultsOptions, classResults} from '../report/results';
import {htmlTable} from '../report/table';
import {tailRatioCurve} from '../report/tail_ratio_curve';
import {Output} from './output';
import {type TableOptions, type TableRow, tableOf} from './table_of';

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

const setting = 'image';
const picture = (svg: string) => new Output(svg, 'svg');

/**
 * Pictures and tables for notebooks: each is shown in the cell that calls for it (tslab), and returned, as text that can
 * be written to a file anywhere else.
 */
export const show = {
  /**
   * Every class by its number of images, the most frequent first: the long tail.
   *
   * @param options.lambda λ, drawn as a line.
   * @param options.bounds Frequency groups; default as in LVIS.
   */
  frequency(freqInfo: FrequencyInfo, options: {lambda?: number; bounds?: GroupBounds} = {}): Output {
    return picture(classFrequencies(freqInfo, {...options, setting}));
  },

  /**
   * The share of samples in classes below λ, for every λ (the paper's equation 8).
   *
   * @param options.marks λ to mark, by the names to mark them with.
   */
  tailRatio(freqInfo: FrequencyInfo, options: {marks?: Readonly<Record<string, number>>} = {}): Output {
    return picture(tailRatioCurve(freqInfo, {...options, setting}));
  },

  /**
   * Loss and metrics by epoch, a line for each model; of a model with several runs their mean, ± one standard deviation.
   *
   * @param runs What `fit` or `fitDataset` returned (of several runs, a list), by the names of the models; or a list of
   *   `{name, run}`, which keeps its order whatever the names are.
   * @throws ValueError when no run has an epoch, or two models share a name.
   */
  history(runs: Readonly<Record<string, RunHistory | readonly RunHistory[]>> | readonly NamedRun[]): Output {
    const named = Array.isArray(runs)
      ? (runs as readonly NamedRun[])
      : Object.entries(runs).map(([name, run]) => ({name, run: run as NamedRun['run']}));
    const values = named.map(({name, run}) => ({
      name,
      history: Array.isArray(run) ? run.map(valuesOf) : valuesOf(run as RunHistory),
    }));
    return picture(historyFigure(values, {setting}));
  },

  /**
   * Each class's recall under each model, against the images it has for training.
   *
   * @param options.predicted `{baseline: […], eql: […]}`, predictions of other models by their names, or a list of
   *   `{name, predicted}`, where `predicted` may be a list of runs.
   * @param options.lambda λ, drawn as a line.
   * @throws ValueError when labels and predictions differ in number, there is no model, or two share a name.
   */
  recallByFrequency(options: ClassResultsOptions & {lambda?: number}): Output {
    const {lambda = 0, freqInfo, actual, predicted} = options;
    const results = classResults(options);
    const models = modelRuns(predicted, actual.length).map(({name}) => name);
    return picture(recallByFrequency(results, {threshold: lambda * freqInfo.numImages, models, setting}));
  },

  /**
   * Accuracy of each frequency group and overall under each model, and differences from the first; over several runs
   * with standard deviations, and 95 % intervals of the differences.
   *
   * @param options.caption A line above the table (default: none).
   * @throws ValueError when labels and predictions differ in number, there is no model, or two share a name.
   */
  comparison(options: ClassResultsOptions & {caption?: string}): Output {
    const {freqInfo, actual, predicted, bounds, caption = ''} = options;
    const models = modelRuns(predicted, actual.length).map(({name}) => name);
    const {names} = frequencyGroups(freqInfo, bounds);
    const rows = compareModels(classResults(options), names, models);
    return new Output(htmlTable(rows, modelColumns(models), caption), 'html');
  },

  /**
   * What samples of each class are taken for, in percent.
   *
   * @param options.classes The classes to show, by index; default: all.
   * @param options.groups The name of each class's group: shows groups instead of classes.
   * @throws ValueError when labels and predictions differ in number, or more than 40 classes would be shown.
   */
  confusion(
    options: {actual: ArrayLike<number>; predicted: ArrayLike<number>} & Omit<ConfusionOptions, 'setting'>,
  ): Output {
    const {actual, predicted, ...rest} = options;
    return picture(confusionMatrix(actual, predicted, {...rest, setting}));
  },

  /**
   * Where each class's gradient comes from: its own samples, those of other classes, background.
   *
   * @param losses Classes' gradients, the most frequent class first, by the names of the losses; or a list of `{name, classes}`.
   * @param options.rareFrom How many classes, from the left, are not rare.
   * @throws ValueError when there is no loss or no class.
   */
  gradients(losses: LossGradients, options: {rareFrom?: number} = {}): Output {
    return picture(gradientShares(losses, {...options, setting}));
  },

  /**
   * Rows as a table.
   *
   * @throws ValueError when there is no row.
   */
  table(rows: readonly TableRow[], options: TableOptions = {}): Output {
    return new Output(tableOf(rows, options), 'html');
  },
};

function valuesOf(run: RunHistory): HistoryValues {
  return 'history' in run && !Array.isArray(run.history)
    ? (run.history as HistoryValues)
    : (run as HistoryValues);
}
