import {reject} from '../../core/errors';
import type {LabelData} from './label_data';
import {checkLabelForm, contradiction, isHotWidth, type LabelForm} from './label_forms';

/** Values from which on making a view costs less than it saves. */
const WORTH_A_VIEW = 1024;

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
  private pairs?: Float64Array;

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
    } else if (rank === 2 && (form.labels === 'oneHot' || form.labels === 'multiHot')) {
      this.scanHot(values, shape![1], shape![0], data, form);
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
    data: LabelData,
    form: LabelForm,
  ): void {
    const {labels} = form;
    if (labels === 'integer' && to - from !== 1) contradiction(data.source, form, this.numClasses);
    if (labels === 'integer' && this.numClasses === 1) {
      this.scanBinary(values[from]);
    } else if (labels === 'integer' || labels === 'list') {
      this.scanIndices(values, from, to);
      ++this.numImages;
    } else {
      this.scanHot(values, to - from, 1, data, form);
    }
  }

  /** With one class an integer is no index: 1 is that class, as in labels of one logit. */
  private scanBinary(value: number): void {
    if (value !== 0 && value !== 1) {
      reject('labels', '0 or 1 (the class) for numClasses = 1', value);
    }
    if (value === 1) this.hits[this.numHits++] = 0;
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

  /** `images` rows of `width` values each, which are all that there are. */
  private scanHot(
    values: ArrayLike<number>,
    width: number,
    images: number,
    {source}: LabelData,
    form: LabelForm,
  ): void {
    if (!isHotWidth(width, this.numClasses)) contradiction(source, form, this.numClasses);
    const size = width * images;
    const pairs = this.pairsOf(values);
    let lastImage = -1;
    for (let i = 0; i < size; ++i) {
      if (pairs && (i & 1) === 0) {
        while (i + 1 < size && pairs[i >> 1] === 0) i += 2;
        if (i === size) break;
      }
      const value = values[i];
      if (value === 0) continue;
      if (value !== 1) reject('labels', '0 or 1 throughout, as soft labels cannot be counted', value);
      const image = Math.floor(i / width);
      if (image === lastImage && form.labels === 'oneHot') {
        reject('labels', "one-hot, as `labels: 'oneHot'` says", source);
      }
      lastImage = image;
      const index = i - image * width;
      if (index < this.numClasses) this.hits[this.numHits++] = index;
    }
    this.numImages += images;
  }

  /**
   * Float32 values two at a time: nearly all of one-hot labels is zeros, and a pair is one comparison. A float64 is
   * zero where its first half is 0 and its second 0 or −0, so nothing else is skipped (an int32 could be).
   */
  private pairsOf(values: ArrayLike<number>): Float64Array | undefined {
    if (!(values instanceof Float32Array) || values.length < WORTH_A_VIEW) return undefined;
    if (values.byteOffset % 8 !== 0) return undefined;
    if (this.pairs?.buffer !== values.buffer || this.pairs.byteOffset !== values.byteOffset) {
      this.pairs = new Float64Array(values.buffer, values.byteOffset, values.length >> 1);
    }
    return this.pairs;
  }
}
