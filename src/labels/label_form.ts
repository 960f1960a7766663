import {reject} from '../core/errors';

/**
 * How a label tensor encodes which of the C classes a sample holds, determined by shape only:
 *
 * - `multiHot`: `[…, C]`, one-hot, multi-hot or soft; a row without a positive is background.
 * - `multiHotWithBackground`: `[…, C + 1]`; the last column is background.
 * - `index`: `[…]` or `[…, 1]`, an integer in 0 … C; C is background. Not for C = 1, one binary logit: there, `[…]` and
 *   `[…, 1]` are `multiHot`, 1 for a positive and 0 for a negative, which is background.
 */
export type LabelForm = 'multiHot' | 'multiHotWithBackground' | 'index';

/**
 * Determines the form of labels shaped `labelShape` for predictions shaped `predictionShape` (`[…, C]`). If two forms
 * fit, the one equal to the predictions' shape is chosen, as in the rest of tfjs-layers.
 *
 * @param background Whether a label may be background.
 * @throws ValueError if no form fits, naming those that would, and for a background column that is not possible.
 */
export function labelForm(
  labelShape: readonly number[],
  predictionShape: readonly number[],
  background = true,
): LabelForm {
  const lead = predictionShape.slice(0, -1);
  const classes = predictionShape[predictionShape.length - 1];
  const isLead = (shape: readonly number[]) =>
    shape.length === lead.length && shape.every((size, i) => size === lead[i]);
  if (predictionShape.length >= 2) {
    if (isLead(labelShape.slice(0, -1))) {
      const width = labelShape[labelShape.length - 1];
      const form = hotForm(width, classes) ?? (width === 1 ? integerForm(classes) : undefined);
      if (form && (background || form !== 'multiHotWithBackground')) return form;
    }
    if (isLead(labelShape)) return integerForm(classes);
  }
  return reject('yTrue', expectation(labelShape, predictionShape, lead, classes, background), {
    shape: labelShape,
  });
}

/** The form of a row of `width` values; undefined if it is not a row of C classes. */
export function hotForm(width: number, classes: number): 'multiHot' | 'multiHotWithBackground' | undefined {
  if (width === classes) return 'multiHot';
  return width === classes + 1 ? 'multiHotWithBackground' : undefined;
}

/** The form of one integer per sample: with one class it is not an index, but 1 for that class and 0 for none. */
export function integerForm(classes: number): 'multiHot' | 'index' {
  return classes === 1 ? 'multiHot' : 'index';
}

/** Whether an integer label is one of C classes or, if allowed, C for background. */
export function isIndex(label: number, classes: number, background: boolean): boolean {
  return Number.isInteger(label) && label >= 0 && (background ? label <= classes : label < classes);
}

function expectation(
  labelShape: readonly number[],
  predictionShape: readonly number[],
  lead: readonly number[],
  classes: number,
  background: boolean,
): string {
  if (predictionShape.length < 2) {
    return `given with a yPred of shape [batch, …, classes], not [${predictionShape}]`;
  }
  if (!background) {
    const integers = `integers in 0 … ${Math.max(1, classes - 1)}`;
    const what =
      labelShape.at(-1) === classes + 1 ? 'labels without a background column,' : 'a tensor of shape';
    return `${what} [${predictionShape}] (one-hot or soft) or [${lead}] (${integers})`;
  }
  const withBackground = `[${[...lead, classes + 1]}] (last column background)`;
  return classes === 1
    ? `a tensor of shape [${lead}] or [${predictionShape}] (1 = positive, 0 = negative) or ${withBackground}`
    : `a tensor of shape [${predictionShape}] (multi-hot), ${withBackground} or [${lead}] (integers, ${classes} = background)`;
}
