import {reject} from '../core/errors';
import {isIndex} from './label_form';

/** From this many values on, a view saves more than it costs. */
const WORTH_A_VIEW = 1024;

/** Finds the classes that images hold, for counting: labels are hard, and each value is checked. */
export class ClassScanner {
  /** The classes found since `begin`, once per image that holds them; only the first `numHits` are valid. */
  readonly hits: number[] = [];
  numHits = 0;
  /** The number of images since `begin`. */
  numImages = 0;
  /** The image in which each class was last listed, so that it counts once. */
  private readonly lastListed: Float64Array;
  private image = 0;
  private pairs?: Float64Array;

  /** @param ignoreLabel An integer that does not count. */
  constructor(
    protected readonly numClasses: number,
    private readonly ignoreLabel?: number,
  ) {
    this.lastListed = new Float64Array(numClasses);
  }

  protected begin(): void {
    this.numHits = 0;
    this.numImages = 0;
  }

  /**
   * Scans the integer of one image; an ignored one is skipped. With one class it is not an index: 1 is that class, as
   * in labels of one logit.
   */
  protected scanInteger(values: ArrayLike<number>, at: number): void {
    if (values[at] === this.ignoreLabel) return;
    if (this.numClasses > 1) {
      this.scanList(values, at, at + 1);
      return;
    }
    const value = values[at];
    if (value !== 0 && value !== 1) reject('labels', '0 or 1 (the class) for numClasses = 1', value);
    if (value === 1) this.hits[this.numHits++] = 0;
    ++this.numImages;
  }

  /** Scans all classes of one image; C (background) is none. */
  protected scanList(values: ArrayLike<number>, from: number, to: number): void {
    const {numClasses, lastListed, ignoreLabel} = this;
    ++this.image;
    for (let i = from; i < to; ++i) {
      const index = values[i];
      if (index === ignoreLabel) continue;
      if (!isIndex(index, numClasses, true)) {
        reject('labels', `integers from 0 to ${numClasses - 1}, or ${numClasses} for background`, index);
      }
      if (index === numClasses || lastListed[index] === this.image) continue;
      lastListed[index] = this.image;
      this.hits[this.numHits++] = index;
    }
    ++this.numImages;
  }

  /**
   * Scans rows of C or C + 1 values, one per image, which make up all of `values`.
   *
   * @param tooMany Throws if a row holds several classes; without it, rows may.
   */
  protected scanHot(values: ArrayLike<number>, images: number, width: number, tooMany?: () => never): void {
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
      if (image === lastImage) tooMany?.();
      lastImage = image;
      const index = i - image * width;
      if (index < this.numClasses) this.hits[this.numHits++] = index;
    }
    this.numImages += images;
  }

  /**
   * Views float32 values in pairs: nearly all values of one-hot labels are zeros, and a pair takes one comparison. A
   * float64 is zero only if its first half is 0 and its second 0 or −0, so nothing else is skipped (an int32 could be).
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
