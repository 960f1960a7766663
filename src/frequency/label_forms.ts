import {reject} from '../errors';
import type {LabelData} from './label_data';

/** What the labels of an image are; see {@link LabelOptions}. */
export type LabelKind = 'integer' | 'oneHot' | 'multiHot' | 'list';

/**
 * How to read the labels of a dataset element, with C = numClasses. What is omitted is inferred from the first
 * element and then holds for all:
 *
 * | labels of the first element                            | read as                                       |
 * | ------------------------------------------------------ | --------------------------------------------- |
 * | number, tensor of shape `[]`                           | one integer                                   |
 * | tensor `[b, C]`, `[b, C + 1]`                          | batch of multi-hot rows                       |
 * | tensor `[b, 1]`, C ≠ 1                                 | batch of integers                             |
 * | tensor or typed array of length C or C + 1, all 0 or 1 | one multi-hot row                             |
 * | tensor or typed array of length 1                      | one integer                                   |
 * | any other tensor `[b]` or typed array                  | batch of integers                             |
 * | `number[]` of length C or C + 1, all 0 or 1            | one multi-hot row                             |
 * | any other `number[]`                                   | list of the labels of one image               |
 * | `number[][]`                                           | batch, whose rows are read as `number[]` is   |
 *
 * Shape and values cannot tell everything apart: a first batch of C (or C + 1) integers that happen to be all
 * 0 or 1 reads as one multi-hot row, as does such a list; with C = 1 that holds for any `[0]` or `[1]`. Where
 * that may occur, say `labels: 'integer', batched: true` (or `labels: 'list'`). Integers that look like a
 * one-hot row of another length than C or C + 1, such as `[0, 0, 1, 0]`, are not guessed at but rejected.
 */
export interface LabelOptions {
  /**
   * - `integer`: one label in 0 … C; C means background.
   * - `oneHot`, `multiHot`: a row of C values, or of C + 1 of which the last is background; each 0 or 1, in
   *   `oneHot` at most one of them 1. A row without a class is background.
   * - `list`: all labels of an image, in any order. An image counts once for a class however often that is
   *   listed, and an empty list is an image without a class.
   */
  labels?: LabelKind;
  /** Whether an element holds the labels of a batch of images (true) or those of one image (false). */
  batched?: boolean;
}

/** How elements are read, settled. */
export interface LabelForm {
  labels: LabelKind;
  batched: boolean;
  inferred: boolean;
}

/** @throws ValueError for options that are not what {@link LabelOptions} says. */
export function validateLabelOptions({labels, batched}: LabelOptions): void {
  if (labels !== undefined && !['integer', 'oneHot', 'multiHot', 'list'].includes(labels)) {
    reject('labels', "'integer', 'oneHot', 'multiHot' or 'list'", labels);
  }
  if (batched !== undefined && typeof batched !== 'boolean') reject('batched', 'true or false', batched);
}

/** Settles what `given` leaves open, from the first element's labels. */
export function inferLabelForm(data: LabelData, numClasses: number, given: LabelOptions): LabelForm {
  const {labels, batched} = given;
  const form = (kind: LabelKind, inBatch: boolean): LabelForm => ({
    labels: labels ?? kind,
    batched: batched ?? inBatch,
    inferred: labels === undefined || batched === undefined,
  });
  const {rank, plain, values} = data;
  if (rank === 0) return form('integer', false);
  if (rank === 2) return form(labels ?? kindOfRows(data, numClasses), true);
  if (labels !== undefined) return form(labels, labels === 'integer' && values.length !== 1);
  if (batched) return form('integer', true);
  if (isHotWidth(values.length, numClasses) && isBinary(values)) return form('multiHot', false);
  if (looksOneHot(values)) ambiguous(data.source, numClasses);
  if (plain || (batched === false && values.length !== 1)) return form('list', false);
  return form('integer', values.length !== 1);
}

function kindOfRows({rows, shape, source}: LabelData, numClasses: number): LabelKind {
  if (rows) {
    const width = rows[0].length;
    const sameWidth = isHotWidth(width, numClasses) && rows.every((row) => row.length === width);
    if (sameWidth && rows.every(isBinary)) return 'multiHot';
    if (rows.every(looksOneHot)) ambiguous(source, numClasses);
    return 'list';
  }
  const width = shape![1];
  if (isHotWidth(width, numClasses)) return 'multiHot';
  if (width === 1) return 'integer';
  const hot = `[batch, ${numClasses}] or [batch, ${numClasses + 1}] (multi-hot)`;
  return reject('labels', `of shape ${hot} or [batch, 1] (integers) for numClasses = ${numClasses}`, source);
}

export function isHotWidth(width: number, numClasses: number): boolean {
  return width === numClasses || width === numClasses + 1;
}

function isBinary(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; ++i) if (values[i] !== 0 && values[i] !== 1) return false;
  return true;
}

function looksOneHot(values: ArrayLike<number>): boolean {
  if (values.length < 3 || !isBinary(values)) return false;
  let ones = 0;
  for (let i = 0; i < values.length; ++i) ones += values[i];
  return ones === 1;
}

// Integers would be read out of it without complaint, and every count would be wrong.
function ambiguous(source: unknown, numClasses: number): never {
  reject(
    'labels',
    `of length ${numClasses} or ${numClasses + 1} where they are one-hot, for numClasses = ${numClasses} ` +
      "(these look one-hot; if they are integers, say `labels: 'integer'` or `labels: 'list'`)",
    source,
  );
}

/** @throws ValueError when labels of this rank contradict the form. */
export function checkLabelForm({rank, source}: LabelData, form: LabelForm, numClasses: number): void {
  const rankOfOne = form.labels === 'integer' ? 0 : 1;
  const fits = form.batched ? rank > rankOfOne : rank === rankOfOne || rank === 1;
  if (!fits) contradiction(source, form, numClasses);
}

/** The error of labels whose shape contradicts the form. It names the options that set the form. */
export function contradiction(source: unknown, form: LabelForm, numClasses: number): never {
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
