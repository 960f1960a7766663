import {reject} from '../../core/errors';
import {checkedIgnoreLabel} from '../../labels/ignored_rows';
import {hotForm} from '../../labels/label_form';
import type {BatchEvidence} from './batch_evidence';
import type {LabelData} from './label_data';

/** The kind of an image's labels; see {@link LabelOptions}. */
export type LabelKind = 'integer' | 'oneHot' | 'multiHot' | 'list';

/**
 * How to read the labels of a dataset element, with C = numClasses. Omitted options are inferred from the first element
 * and then hold for all:
 *
 * | labels of the first element                               | read as                                       |
 * | --------------------------------------------------------- | --------------------------------------------- |
 * | number, tensor of shape `[]`                              | one integer                                   |
 * | tensor `[b, C]`, `[b, C + 1]`                             | batch of multi-hot rows                       |
 * | tensor `[b, 1]`, C ≠ 1                                    | batch of integers                             |
 * | tensor or typed array of length 1                         | one integer                                   |
 * | tensor or typed array of length n > 1, xs has n rows      | batch of integers (see below)                 |
 * | tensor or typed array of length C or C + 1, xs has others | one multi-hot row                             |
 * | any other tensor `[b]` or typed array, no xs              | batch of integers                             |
 * | `number[]` of length C or C + 1, all 0 or 1               | one multi-hot row                             |
 * | any other `number[]`, C ≠ 1                               | list of the labels of one image               |
 * | `number[][]`                                              | batch, whose rows are read as `number[]` is   |
 *
 * C (or C + 1) values that are all 0 or 1, in a tensor or typed array, are a batch of integers or one multi-hot row.
 * They are a batch if tf.data's `batch` made the element and xs has as many rows, and one row if xs does not have as
 * many. All other cases are undecidable: without xs (in `add`, or with a `label` selector on other elements), or if the
 * height of one image may equal C. An error then asks for `labels: 'integer'` or `labels: 'multiHot'`. Integers that
 * look like a one-hot row of a length other than C or C + 1, such as `[0, 0, 1, 0]`, are rejected likewise, and so is a
 * tensor of a length other than C or C + 1 if xs shows that it belongs to one image (set `labels: 'list'`).
 *
 * Labels may be names if `classNames` are given: a string stands for one integer, a string tensor for a tensor of
 * integers, and strings in arrays for lists of an image's classes. Names never form a row of 0 and 1.
 *
 * With one class (C = 1) an integer is 1 for that class and 0 for none, as in a model with one logit; a list of class
 * indices or names requires `labels: 'list'`.
 */
export interface LabelOptions {
  /**
   * - `integer`: one label in 0 … C; C means background. With C = 1: 1 for the class, 0 for none.
   * - `oneHot`, `multiHot`: a row of C values, or of C + 1 with background last; each 0 or 1, in `oneHot` with at most
   *   one 1. A row without a class is background.
   * - `list`: all labels of an image, in any order. An image counts once for a class however often it is listed, and an
   *   empty list is an image without a class.
   */
  labels?: LabelKind;
  /** Whether an element holds the labels of a batch of images (true) or those of one image (false). */
  batched?: boolean;
  /**
   * An integer label, such as 255 or −1, that does not count. An image whose only label it is (`integer`) does not
   * count as an image; in a `list` it is skipped. Rows with columns have none. Default: none.
   */
  ignoreLabel?: number;
}

/** The form in which elements are read, fully determined. */
export interface ElementForm {
  labels: LabelKind;
  batched: boolean;
  inferred: boolean;
}

/**
 * @throws ValueError for options that {@link LabelOptions} does not allow.
 */
export function validateLabelOptions({labels, batched, ignoreLabel}: LabelOptions): void {
  checkedIgnoreLabel(ignoreLabel);
  if (labels !== undefined && !['integer', 'oneHot', 'multiHot', 'list'].includes(labels)) {
    reject('labels', "'integer', 'oneHot', 'multiHot' or 'list'", labels);
  }
  if (batched !== undefined && typeof batched !== 'boolean') reject('batched', 'true or false', batched);
}

/**
 * Completes `given` from the first element's labels.
 *
 * @param evidence What the element reveals besides its labels.
 * @throws ValueError for labels that can be read in several ways.
 */
export function inferElementForm(
  data: LabelData,
  numClasses: number,
  given: LabelOptions,
  evidence: BatchEvidence = 'unknown',
): ElementForm {
  const {labels, batched} = given;
  const form = (kind: LabelKind, inBatch: boolean): ElementForm => ({
    labels: labels ?? kind,
    batched: batched ?? inBatch,
    inferred: labels === undefined || batched === undefined,
  });
  const {rank, plain, values} = data;
  if (rank === 0) return form('integer', false);
  if (rank === 2) return form(labels ?? kindOfRows(data, numClasses), true);
  const mayBeBatch = values.length !== 1 || evidence === 'batch' || evidence === 'maybe';
  if (labels !== undefined) return form(labels, labels === 'integer' && mayBeBatch);
  if (batched) return form('integer', true);
  if (plain || batched === false) return form(kindOfImage(data, numClasses), false);
  if (values.length === 1) return form('integer', mayBeBatch);
  if (evidence === 'batch') return form('integer', true);
  const isHot = !data.named && hotForm(values.length, numClasses) !== undefined;
  if (evidence === 'one' && isHot) return form('multiHot', false);
  if (isHot && isBinary(values)) batchOrRow(data.source);
  if (numClasses > 1 && looksOneHot(data)) ambiguous(data.source, numClasses);
  if (evidence === 'one') listOrBatch(data.source);
  return form('integer', true);
}

/** The kind of rank-1 values that belong to one image. */
function kindOfImage(data: LabelData, numClasses: number): LabelKind {
  const {plain, values, named, source} = data;
  if (!plain && values.length === 1) return 'integer';
  if (named) return 'list';
  if (hotForm(values.length, numClasses) !== undefined && isBinary(values)) return 'multiHot';
  if (looksOneHot(data)) ambiguous(source, numClasses);
  if (numClasses === 1) listOrBatch(source);
  return 'list';
}

function kindOfRows({rows, shape, named, source}: LabelData, numClasses: number): LabelKind {
  if (named) return shape?.[1] === 1 ? 'integer' : 'list';
  if (rows) {
    const width = rows[0].length;
    const sameWidth = hotForm(width, numClasses) !== undefined && rows.every((row) => row.length === width);
    if (sameWidth && rows.every(isBinary)) return 'multiHot';
    if (rows.every((values) => looksOneHot({values}))) ambiguous(source, numClasses);
    if (numClasses === 1) listOrBatch(source);
    return 'list';
  }
  const width = shape![1];
  if (hotForm(width, numClasses) !== undefined) return 'multiHot';
  if (width === 1) return 'integer';
  const hot = `[batch, ${numClasses}] or [batch, ${numClasses + 1}] (multi-hot)`;
  return reject('labels', `of shape ${hot} or [batch, 1] (integers) for numClasses = ${numClasses}`, source);
}

function isBinary(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; ++i) if (values[i] !== 0 && values[i] !== 1) return false;
  return true;
}

function looksOneHot({values, named}: Pick<LabelData, 'values' | 'named'>): boolean {
  if (named || values.length < 3 || !isBinary(values)) return false;
  let ones = 0;
  for (let i = 0; i < values.length; ++i) ones += values[i];
  return ones === 1;
}

// Read as integers, it would raise no error, and every count would be wrong.
function ambiguous(source: unknown, numClasses: number): never {
  reject(
    'labels',
    `of length ${numClasses} or ${numClasses + 1} where they are one-hot, for numClasses = ${numClasses} ` +
      "(these look one-hot; if they are integers, say `labels: 'integer'` or `labels: 'list'`)",
    source,
  );
}

function batchOrRow(source: unknown): never {
  reject(
    'labels',
    "told apart: all 0 or 1, they may be a batch of integers (say `labels: 'integer'`) or one multi-hot row (say " +
      "`labels: 'multiHot'`), and the shape of `xs` does not settle it",
    source,
  );
}

function listOrBatch(source: unknown): never {
  reject(
    'labels',
    "told apart: they may be a list of one image's classes (say `labels: 'list'`) or a batch of integers (say " +
      "`labels: 'integer', batched: true`)",
    source,
  );
}

/**
 * @throws ValueError if labels of this rank, or names, contradict the form.
 */
export function checkElementForm(
  {rank, named, source}: LabelData,
  form: ElementForm,
  numClasses: number,
): void {
  const {labels} = form;
  // Read as numbers, the class of a name would be mistaken for a value of a row, or for a negative.
  const takesNames = labels === 'list' || (labels === 'integer' && numClasses > 1);
  if (named && !takesNames) {
    reject('labels', `numbers for \`labels: '${labels}'\` and numClasses = ${numClasses}`, source);
  }
  const rankOfOne = labels === 'integer' ? 0 : 1;
  const fits = form.batched ? rank > rankOfOne : rank === rankOfOne || rank === 1;
  if (!fits) contradiction(source, form, numClasses);
}

/** Throws the error for labels whose shape contradicts the form, naming the options that set the form. */
export function contradiction(source: unknown, form: ElementForm, numClasses: number): never {
  const width = `${numClasses} or ${numClasses + 1}`;
  const one = {
    integer: 'one integer',
    oneHot: `a one-hot row of length ${width}`,
    multiHot: `a multi-hot row of length ${width}`,
    list: 'a list of integers',
  }[form.labels];
  const why = form.inferred ? ', inferred from the first element; set these options if it misled' : '';
  reject(
    'labels',
    `${one} ${form.batched ? 'for each image of a batch' : 'for one image'} ` +
      `(labels: '${form.labels}', batched: ${form.batched}${why})`,
    source,
  );
}
