import type {FrequencyInfo, GroupBounds} from '../frequency';
import type {ClassificationReport} from '../report/classification_report';
import type {ConfusedPairsOptions} from '../report/confused_pairs';
import type {ConfusionOptions} from '../report/confusion_matrix';
import type {LossGradients} from '../report/gradient_shares';
import {type Judgements, pictures, type RecallPictureOptions, type Runs} from '../report/pictures';
import type {ModelCurves} from '../report/precision_recall';
import type {ModelCalibration} from '../report/reliability';
import type {ClassResultsOptions} from '../report/results';
import type {Look} from '../report/theme';
import {Output} from './output';
import {type TableOptions, type TableRow, tableOf} from './table_of';

const look: Look = {setting: 'image'};
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
    return picture(pictures.frequency(freqInfo, options, look));
  },

  /**
   * The share of samples in classes below λ, for every λ (the paper's equation 8).
   *
   * @param options.marks λ to mark, by the names to mark them with.
   */
  tailRatio(freqInfo: FrequencyInfo, options: {marks?: Readonly<Record<string, number>>} = {}): Output {
    return picture(pictures.tailRatio(freqInfo, options, look));
  },

  /**
   * Loss and metrics by epoch, a line for each model; of a model with several runs their mean, ± one standard deviation.
   *
   * @param runs What `fit` or `fitDataset` returned (of several runs, a list), by the names of the models; or a list of
   *   `{name, run}`, which keeps its order whatever the names are.
   * @throws ValueError when no run has an epoch, or two models share a name.
   */
  history(runs: Runs): Output {
    return picture(pictures.history(runs, look));
  },

  /**
   * Each class's recall under each model, against the images it has for training.
   *
   * @param options.predicted `{baseline: […], eql: […]}`, predictions of other models by their names, or a list of
   *   `{name, predicted}`, where `predicted` may be a list of runs.
   * @param options.lambda λ, drawn as a line.
   * @param options.detail `'classes'` or `'bins'`; default: bins for more than 40 classes.
   * @throws ValueError when labels and predictions differ in number, there is no model, or two share a name.
   */
  recallByFrequency(options: RecallPictureOptions): Output {
    return picture(pictures.recallByFrequency(options, look));
  },

  /**
   * Accuracy of each frequency group and overall under each model, and differences from the first; over several runs
   * with standard deviations, and 95 % intervals of the differences.
   *
   * @param options.caption A line above the table (default: none).
   * @throws ValueError when labels and predictions differ in number, there is no model, or two share a name.
   */
  comparison(options: ClassResultsOptions & {caption?: string}): Output {
    return new Output(pictures.comparison(options), 'html');
  },

  /**
   * What samples of each class are taken for, in percent.
   *
   * @param options.classes The classes to show, by index; default: all.
   * @param options.groups The name of each class's group: shows groups instead of classes.
   * @throws ValueError when labels and predictions differ in number, or more than 40 classes would be shown.
   */
  confusion(options: Judgements & Omit<ConfusionOptions, keyof Look>): Output {
    return picture(pictures.confusion(options, look));
  },

  /**
   * The most confused pairs of classes, of any number of classes.
   *
   * @param options.k How many pairs; default: 20.
   * @throws ValueError when labels and predictions differ in number, or there is none.
   */
  confusedPairs(options: Judgements & Omit<ConfusedPairsOptions, keyof Look>): Output {
    return picture(pictures.confusedPairs(options, look));
  },

  /** Accuracy against confidence, of what `calibration` of tfjs-longtail/report gave. */
  reliability(models: readonly ModelCalibration[]): Output {
    return picture(pictures.reliability(models, look));
  },

  /** Precision against recall by frequency group, of what `precisionRecall` of tfjs-longtail/report gave. */
  precisionRecall(models: readonly ModelCurves[]): Output {
    return picture(pictures.precisionRecall(models, look));
  },

  /** Tables of what `classificationReport` of tfjs-longtail/report gave. */
  report(report: ClassificationReport): Output {
    return new Output(pictures.report(report), 'html');
  },

  /**
   * Where each class's gradient comes from: its own samples, those of other classes, background.
   *
   * @param losses Classes' gradients, the most frequent class first, by the names of the losses; or a list of `{name, classes}`.
   * @param options.rareFrom How many classes, from the left, are not rare.
   * @throws ValueError when there is no loss or no class.
   */
  gradients(losses: LossGradients, options: {rareFrom?: number} = {}): Output {
    return picture(pictures.gradients(losses, options, look));
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
