import {Tensor} from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {inferElementForm, type LabelKind} from '../frequency/reading/element_form';
import {type LabelData, readLabelData} from '../frequency/reading/label_data';
import {LabelScanner} from '../frequency/reading/label_scanner';

/** How the labels of indexed data are read. */
export interface ImageClassesOptions {
  /** The number of images. */
  length: number;
  /** C. Default: the largest integer + 1, or the width of the rows. */
  numClasses?: number;
  /** Default: integers for shape `[n]` or `[n, 1]`, multi-hot rows for `[n, C]`, lists for `number[][]`. */
  labels?: LabelKind;
}

/** The classes that each of N images holds. Images without a class are background. */
export class ImageClasses {
  /** C: the number of classes, without background. */
  readonly numClasses: number;
  /** N. */
  readonly numImages: number;
  /** Start of image i's classes in `classes`; N + 1 values. */
  private readonly starts: Int32Array;
  private readonly classes: Int32Array;
  private lists?: readonly Int32Array[];

  /**
   * @param labels Integers (a typed array, `number[]` or tensor), rows of 0 and 1, or lists of classes.
   * @throws ValueError for labels of a different number of images, out of range or soft, and if `numClasses` is missing
   *   and cannot be inferred.
   */
  constructor(labels: unknown, options: ImageClassesOptions) {
    if (typeof options !== 'object' || options === null) reject('options', 'an object', options);
    const {numClasses, labels: kind} = options;
    const length = requireInteger('length', options.length, 0);
    if (labels instanceof Tensor && labels.isDisposed) reject('labels', 'no disposed tensor', labels);
    const data = labelData(labels);
    const images = data.rows?.length ?? data.shape?.[0] ?? data.values.length;
    if (images !== length) reject('labels', `those of ${length} images, one each`, labels);
    this.numImages = length;
    this.numClasses =
      numClasses === undefined ? classesIn(data) : requireInteger('numClasses', numClasses, 1);
    const form = inferElementForm(data, this.numClasses, {labels: kind, batched: true});
    const scanner = new LabelScanner(this.numClasses);
    const ofOne = {...form, batched: false};
    const classes: number[] = [];
    this.starts = new Int32Array(length + 1);
    for (let i = 0; i < length; ++i) {
      scanner.scan({rank: 1, plain: true, values: labelsOf(data, i), source: labels}, ofOne);
      for (let k = 0; k < scanner.numHits; ++k) classes.push(scanner.hits[k]);
      this.starts[i + 1] = classes.length;
    }
    this.classes = Int32Array.from(classes);
  }

  /** The classes of an image, each once; empty for background. */
  of(image: number): Int32Array {
    return this.classes.subarray(this.starts[image], this.starts[image + 1]);
  }

  /** The images that hold each class, `[C]`, followed by those that hold none. */
  get images(): readonly Int32Array[] {
    this.lists ??= this.listImages();
    return this.lists;
  }

  private listImages(): readonly Int32Array[] {
    const lists: number[][] = Array.from({length: this.numClasses + 1}, () => []);
    for (let i = 0; i < this.numImages; ++i) {
      const classes = this.of(i);
      for (const j of classes) lists[j].push(i);
      if (classes.length === 0) lists[this.numClasses].push(i);
    }
    return lists.map((list) => Int32Array.from(list));
  }
}

function labelData(labels: unknown): LabelData {
  const {data, shape} = (labels ?? {}) as {data?: ArrayLike<number>; shape?: readonly number[]};
  if (!ArrayBuffer.isView(data) || !Array.isArray(shape)) return readLabelData(labels);
  if (shape.length > 2) reject('labels', 'of shape [n], [n, 1], [n, C] or [n, C + 1]', labels);
  if (shape.length < 2) return {rank: 1, plain: false, values: data, source: labels};
  return {rank: 2, plain: false, values: data, shape: [shape[0], shape[1]], source: labels};
}

function labelsOf({values, rows, shape}: LabelData, image: number): ArrayLike<number> {
  if (rows) return rows[image];
  const width = shape?.[1] ?? 1;
  // Typed arrays and number[] both have `slice`.
  return (values as number[]).slice(image * width, (image + 1) * width);
}

function classesIn({values, rows, shape, source}: LabelData): number {
  if (rows) return reject('numClasses', 'given where labels are nested arrays', source);
  const width = shape?.[1] ?? 1;
  if (width > 1) return width;
  let largest = 0;
  for (let i = 0; i < values.length; ++i) if (values[i] > largest) largest = values[i];
  // Non-integers are rejected where they are read. At least 2, as with one class 0 and 1 would mean negative and
  // positive.
  return Math.max(2, Math.floor(largest) + 1);
}
