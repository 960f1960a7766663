import {reject} from '../core/errors';
import type {FrequencyInfo, GroupBounds} from '../frequency';
import type {ClassificationReport} from './classification_report';
import type {ConfusedPairsOptions} from './confused_pairs';
import type {ConfusionOptions} from './confusion_matrix';
import type {LossGradients} from './gradient_shares';
import {type Judgements, pictures, type RecallPictureOptions, type Runs} from './pictures';
import type {ModelCurves} from './precision_recall';
import type {ModelCalibration} from './reliability';
import type {ClassResultsOptions} from './results';
import type {Look} from './theme';

/** A picture in a page. */
export interface Drawing {
  /** Stops following the element's width. The picture stays. */
  stop(): void;
}

const drawings = new WeakMap<Element, Drawing>();

/**
 * Pictures and tables in pages: each is drawn into an element, replacing its content, in the color of its text, and
 * redrawn if the element's width changes, so that type keeps its size on phones.
 *
 * ```js
 * const {history} = await model.fit(xs, ys, {epochs: 10, validationSplit: 0.2});
 * draw.history(document.querySelector('#history'), {'my model': history});
 * ```
 */
export const draw = {
  /**
   * Draws every class by its number of images, most frequent first: the long tail.
   *
   * @param options.lambda λ, drawn as a line.
   * @param options.bounds Frequency groups; default as in LVIS.
   */
  frequency(
    element: Element,
    freqInfo: FrequencyInfo,
    options: {lambda?: number; bounds?: GroupBounds} = {},
  ): Drawing {
    return into(element, (look) => pictures.frequency(freqInfo, options, look));
  },

  /**
   * Draws the share of samples in classes below λ, for every λ (the paper's equation 8).
   *
   * @param options.marks Values of λ to mark, by label.
   */
  tailRatio(
    element: Element,
    freqInfo: FrequencyInfo,
    options: {marks?: Readonly<Record<string, number>>} = {},
  ): Drawing {
    return into(element, (look) => pictures.tailRatio(freqInfo, options, look));
  },

  /** Draws loss and metrics by epoch, one line per model, validation dashed. */
  history(element: Element, runs: Runs): Drawing {
    return into(element, (look) => pictures.history(runs, look));
  },

  /** Draws each class's recall under each model against its training images; bins if there are many classes. */
  recallByFrequency(element: Element, options: RecallPictureOptions): Drawing {
    return into(element, (look) => pictures.recallByFrequency(options, look));
  },

  /** Shows a table: accuracy of each frequency group and overall under each model, and differences from the first. */
  comparison(element: Element, options: ClassResultsOptions & {caption?: string}): Drawing {
    return into(element, () => pictures.comparison(options));
  },

  /** Draws the classes predicted for samples of each class, in percent. */
  confusion(element: Element, options: Judgements & Omit<ConfusionOptions, keyof Look>): Drawing {
    return into(element, (look) => pictures.confusion(options, look));
  },

  /** Draws the most confused pairs of classes, for any number of classes. */
  confusedPairs(element: Element, options: Judgements & Omit<ConfusedPairsOptions, keyof Look>): Drawing {
    return into(element, (look) => pictures.confusedPairs(options, look));
  },

  /** Draws where each class's gradient comes from: its own samples, those of other classes, background. */
  gradients(element: Element, losses: LossGradients, options: {rareFrom?: number} = {}): Drawing {
    return into(element, (look) => pictures.gradients(losses, options, look));
  },

  /** Draws accuracy against confidence, from the result of `calibration`. */
  reliability(element: Element, models: readonly ModelCalibration[]): Drawing {
    return into(element, (look) => pictures.reliability(models, look));
  },

  /** Draws precision against recall by frequency group, from the result of `precisionRecall`. */
  precisionRecall(element: Element, models: readonly ModelCurves[]): Drawing {
    return into(element, (look) => pictures.precisionRecall(models, look));
  },

  /** Shows the tables of a `classificationReport`. */
  report(element: Element, report: ClassificationReport): Drawing {
    return into(element, () => pictures.report(report));
  },
};

function into(element: Element, picture: (look: Look) => string): Drawing {
  if (typeof element?.replaceChildren !== 'function') reject('element', 'an element of a page', element);
  let drawn = -1;
  const redraw = (width: number) => {
    if (width === drawn) return;
    drawn = width;
    // Safe: text is escaped where it is drawn.
    element.innerHTML = picture({setting: 'inline', ...(width > 0 && {width})});
  };
  redraw(Math.floor(element.clientWidth ?? 0));
  // If drawing throws, the previous picture stays.
  drawings.get(element)?.stop();
  const observer =
    typeof ResizeObserver === 'undefined'
      ? undefined
      : new ResizeObserver(([{contentRect}]) => redraw(Math.floor(contentRect.width)));
  observer?.observe(element);
  const drawing = {stop: () => observer?.disconnect()};
  drawings.set(element, drawing);
  return drawing;
}
