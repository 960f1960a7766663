import type {FrequencyInfo, GroupBounds} from '../frequency';
import {classFrequencies} from '../report/class_frequencies';
import {type ConfusionOptions, confusionMatrix} from '../report/confusion_matrix';
import {type ClassGradients, gradientShares} from '../report/gradient_shares';
import {type HistoryValues, historyFigure} from '../report/history_figure';
import {recallByFrequency} from '../report/recall_by_frequency';
import {type ClassResultsOptions, classResults} from '../report/results';
import {tailRatioCurve} from '../report/tail_ratio_curve';
import {Output} from './output';
import {type TableOptions, type TableRow, tableOf} from './table_of';

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
   * Loss and metrics by epoch, a line for each run.
   *
   * @param runs What `fit` or `fitDataset` returned, by the names of the runs.
   * @throws ValueError when no run has an epoch.
   */
  history(runs: Readonly<Record<string, {history: HistoryValues} | HistoryValues>>): Output {
    const values = Object.entries(runs).map(([name, run]) => [name, valuesOf(run)]);
    return picture(historyFigure(Object.fromEntries(values), {setting}));
  },

  /**
   * Each class's recall under a baseline and EQL, against the images it has for training.
   *
   * @param options.lambda λ, drawn as a line.
   * @throws ValueError when labels and predictions differ in number.
   */
  recallByFrequency(options: ClassResultsOptions & {lambda?: number}): Output {
    const {lambda = 0, freqInfo} = options;
    const threshold = lambda * freqInfo.numImages;
    return picture(recallByFrequency(classResults(options), {threshold, setting}));
  },

  /**
   * What samples of each class are taken for, in percent.
   *
   * @param options.classes The classes to show, by index; default: all.
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
   * @param losses Classes' gradients, the most frequent class first, by the names of the losses.
   * @param options.rareFrom How many classes, from the left, are not rare.
   * @throws ValueError when there is no loss or no class.
   */
  gradients(
    losses: Readonly<Record<string, readonly ClassGradients[]>>,
    options: {rareFrom?: number} = {},
  ): Output {
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

function valuesOf(run: {history: HistoryValues} | HistoryValues): HistoryValues {
  return 'history' in run && !Array.isArray(run.history)
    ? (run.history as HistoryValues)
    : (run as HistoryValues);
}
