import {reject} from '../errors';
import type {LabelData} from './label_data';
import {checkLabelForm, contradiction, isHotWidth, type LabelForm} from './label_forms';

/** Turns the labels of dataset elements into classes to count, checking each value. */
export class LabelScanner {
  /** The classes found by the last `scan`, once per image that holds them; the first `numHits` are valid. */
  readonly hits: number[] = [];
  numHits = 0;
  /** The number of images in the last scanned element. */
  numImages = 0;
  /** In which image each class was last listed, so that it counts once. */
  private readonly lastListed: Float64Array;
  private image = 0;

  constructor(private readonly numClasses: number) {
    this.lastListed = new Float64Array(numClasses);
  }

  /** @throws ValueError for labels that are out of range or contradict the form. */
  scan(data: LabelData, form: LabelForm): void {
    checkLabelForm(data, form, this.numClasses);
    this.numHits = 0;
    this.numImages = 0;
    const {rank, values, rows, shape} = data;
    if (rows) {
      for (const row of rows) this.scanImage(row, 0, row.length, data, form);
    } else if (rank === 2) {
      const [batch, width] = shape!;
      for (let i = 0; i < batch; ++i) this.scanImage(values, i * width, (i + 1) * width, data, form);
    } else if (form.batched) {
      for (let i = 0; i < values.length; ++i) this.scanImage(values, i, i + 1, data, form);
    } else {
      this.scanImage(values, 0, values.length, data, form);
    }
  }

  private scanImage(
    values: ArrayLike<number>,
    from: number,
    to: number,
    {source}: LabelData,
    form: LabelForm,
  ): void {
    const {labels} = form;
    if (labels === 'integer' && to - from !== 1) contradiction(source, form, this.numClasses);
    if (labels === 'integer' || labels === 'list') {
      this.scanIndices(values, from, to);
    } else {
      if (!isHotWidth(to - from, this.numClasses)) contradiction(source, form, this.numClasses);
      const ones = this.scanHot(values, from, to);
      if (labels === 'oneHot' && ones > 1) reject('labels', "one-hot, as `labels: 'oneHot'` says", source);
    }
    ++this.numImages;
  }

  private scanIndices(values: ArrayLike<number>, from: number, to: number): void {
    const {numClasses, lastListed} = this;
    ++this.image;
    for (let i = from; i < to; ++i) {
      const index = values[i];
      if (!Number.isInteger(index) || index < 0 || index > numClasses) {
        reject('labels', `integers from 0 to ${numClasses - 1}, or ${numClasses} for background`, index);
      }
      if (index === numClasses || lastListed[index] === this.image) continue;
      lastListed[index] = this.image;
      this.hits[this.numHits++] = index;
    }
  }

  private scanHot(values: ArrayLike<number>, from: number, to: number): number {
    let ones = 0;
    for (let i = from; i < to; ++i) {
      const value = values[i];
      if (value === 0) continue;
      if (value !== 1) reject('labels', '0 or 1 throughout, as soft labels cannot be counted', value);
      if (i - from < this.numClasses) this.hits[this.numHits++] = i - from;
      ++ones;
    }
    return ones;
  }
}
