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
 * Pictures and tables for notebooks: each is shown in the calling cell (tslab), and returned as text that can be written
 * to a file anywhere else.
 */
export const show = {
  /**
   * Draws every class by its number of images, most frequent first: the long tail.
   *
   * @param options.lambda λ, drawn as a line.
   * @param options.bounds Frequency groups; default as in LVIS.
   */
  frequency(freqInfo: FrequencyInfo, options: {lambda?: number; bounds?: GroupBounds} = {}): Output {
    return picture(pictures.frequency(freqInfo, options, look));
  },

  /**
   * Draws the share of samples in classes below λ, for every λ (the paper's equation 8).
   *
   * @param options.marks Values of λ to mark, by label.
   */
  tailRatio(freqInfo: FrequencyInfo, options: {marks?: Readonly<Record<string, number>>} = {}): Output {
    return picture(pictures.tailRatio(freqInfo, options, look));
  },

  /**
   * Draws loss and metrics by epoch, one line per model; for several runs their mean, ± one standard deviation.
   *
   * @param runs Results of `fit` or `fitDataset` (a list for several runs) by the models' names; or a list of
   *   `{name, run}`, which keeps its order whatever the names are.
   * @throws ValueError if no run has an epoch, or two models share a name.
   */
  history(runs: Runs): Output {
    return picture(pictures.history(runs, look));
  },

  /**
   * Draws each class's recall under each model against its training images.
   *
   * @param options.predicted `{baseline: […], eql: […]}`, predictions of any models by name, or a list of
   *   `{name, predicted}`, where `predicted` may be a list of runs.
   * @param options.lambda λ, drawn as a line.
   * @param options.detail `'classes'` or `'bins'`; default: bins for more than 40 classes.
   * @throws ValueError if labels and predictions differ in number, there is no model, or two share a name.
   */
  recallByFrequency(options: RecallPictureOptions): Output {
    return picture(pictures.recallByFrequency(options, look));
  },

  /**
   * Shows a table: accuracy of each frequency group and overall under each model, and differences from the first; for
   * several runs with standard deviations, and 95 % intervals of the differences.
   *
   * @param options.caption A line above the table (default: none).
   * @throws ValueError if labels and predictions differ in number, there is no model, or two share a name.
   */
  comparison(options: ClassResultsOptions & {caption?: string}): Output {
    return new Output(pictures.comparison(options), 'html');
  },

  /**
   * Draws the classes predicted for samples of each class, in percent.
   *
   * @param options.classes The classes to show, by index; default: all.
   * @param options.groups The name of each class's group: shows groups instead of classes.
   * @throws ValueError if labels and predictions differ in number, or more than 40 classes would be shown.
   */
  confusion(options: Judgements & Omit<ConfusionOptions, keyof Look>): Output {
    return picture(pictures.confusion(options, look));
  },

  /**
   * Draws the most confused pairs of classes, for any number of classes.
   *
   * @param options.k Number of pairs; default: 20.
   * @throws ValueError if labels and predictions differ in number, or there are none.
   */
  confusedPairs(options: Judgements & Omit<ConfusedPairsOptions, keyof Look>): Output {
    return picture(pictures.confusedPairs(options, look));
  },

  /** Draws accuracy against confidence, from the result of `calibration` of tfjs-longtail/report. */
  reliability(models: readonly ModelCalibration[]): Output {
    return picture(pictures.reliability(models, look));
  },

  /**
   * Draws precision against recall by frequency group, from the result of `precisionRecall` of tfjs-longtail/report.
   */
  precisionRecall(models: readonly ModelCurves[]): Output {
    return picture(pictures.precisionRecall(models, look));
  },

  /** Shows the tables of a `classificationReport` of tfjs-longtail/report. */
  report(report: ClassificationReport): Output {
    return new Output(pictures.report(report), 'html');
  },

  /**
   * Draws where each class's gradient comes from: its own samples, those of other classes, background.
   *
   * @param losses Classes' gradients, most frequent class first, by the losses' names; or a list of `{name, classes}`.
   * @param options.rareFrom Number of classes, from the left, that are not rare.
   * @throws ValueError if there is no loss or no class.
   */
  gradients(losses: LossGradients, options: {rareFrom?: number} = {}): Output {
    return picture(pictures.gradients(losses, options, look));
  },

  /**
   * Shows rows as a table.
   *
   * @throws ValueError if there are no rows.
   */
  table(rows: readonly TableRow[], options: TableOptions = {}): Output {
    return new Output(tableOf(rows, options), 'html');
  },
};
