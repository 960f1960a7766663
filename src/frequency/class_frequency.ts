import {acrossCopies} from '../core/across_copies';
import {checkOptions} from '../core/check_options';
import {reject} from '../core/errors';
import {requireInteger} from '../core/require_integer';
import {markShared, readShared} from '../core/shared_objects';
import {areStrings, distinctNames} from '../labels/class_names';

/** Marks arguments read from files: version 0.1 accepted repeated names, and what it saved must still load. */
const SAVED = Symbol('saved');

/** Arguments of a `ClassFrequency`. */
export interface ClassFrequencyArgs {
  /** N_j: the number of images that hold class j, `[numClasses]` integers in 0 … numImages. */
  imageCounts: ArrayLike<number>;
  /** N: the number of all images, including background images (without any class). An integer ≥ 1. */
  numImages: number;
  /** Names of the classes, in index order, each once. */
  classNames?: readonly string[];
}

/** The JSON form of a `ClassFrequency`. */
export interface ClassFrequencyJSON {
  /** N. */
  num_images: number;
  /** N_j, `[numClasses]`. */
  image_counts: number[];
  /** Names of the classes, in index order. */
  class_names?: string[];
}

/**
 * Counts the images that hold each class. From these come the image-level frequencies f_j = N_j / N, on which
 * equalization losses and rare/common/frequent groups are based ("Equalization Loss for Long-Tailed Object
 * Recognition", arXiv 2003.05176, section 3.2: f_j of eq. 7, N_j of eq. 8).
 *
 * An immutable value; do not write to its arrays.
 *
 * @example
 * ```ts
 * const counted = new ClassFrequency({imageCounts: [600, 40, 2], numImages: 1000, classNames: ['cat', 'owl', 'yak']});
 * console.log(counted.frequencies); // → Float64Array(3) [ 0.6, 0.04, 0.002 ]
 * const again = ClassFrequency.fromJSON(JSON.parse(JSON.stringify(counted)));
 * ```
 *
 * @throws ValueError for counts that are not integers in 0 … numImages, numImages < 1, a number of names other than
 *   that of classes, repeated names, and unknown arguments.
 */
export class ClassFrequency {
  /** C: the number of classes, without background. */
  readonly numClasses: number;
  /** N: the number of all images, including background images. */
  readonly numImages: number;
  /** N_j, `[numClasses]`. */
  readonly imageCounts: Float64Array;
  /** f_j = N_j / N, `[numClasses]`, in float64. */
  readonly frequencies: Float64Array;
  /** Names of the classes, in index order, if given. */
  readonly classNames?: readonly string[];

  constructor(args: ClassFrequencyArgs) {
    checkOptions('ClassFrequency', args, ['imageCounts', 'numImages', 'classNames']);
    const {imageCounts, numImages, classNames} = args;
    requireInteger('numImages', numImages, 1);
    requireInteger('imageCounts.length', imageCounts?.length, 1);
    for (let j = 0; j < imageCounts.length; ++j) {
      requireInteger(`imageCounts[${j}]`, imageCounts[j], 0, numImages);
    }
    this.classNames = checkedClassNames(classNames, imageCounts.length, SAVED in args);
    this.numClasses = imageCounts.length;
    this.numImages = numImages;
    this.imageCounts = Float64Array.from(imageCounts);
    this.frequencies = this.imageCounts.map((count) => count / numImages);
    Object.freeze(this);
  }

  /** Counts, from which `fromJSON` restores the same frequencies bit for bit. */
  toJSON(): ClassFrequencyJSON {
    return markShared(this, {
      num_images: this.numImages,
      image_counts: Array.from(this.imageCounts),
      ...(this.classNames && {class_names: [...this.classNames]}),
    });
  }

  /**
   * The inverse of `toJSON`.
   * @throws ValueError as the constructor does, except for repeated names, which files of version 0.1 may have.
   */
  static fromJSON(json: ClassFrequencyJSON): ClassFrequency {
    const make = (config: ClassFrequencyJSON) => {
      if (typeof config !== 'object' || config === null) {
        reject('json', 'an object, what ClassFrequency.toJSON wrote', config);
      }
      const {image_counts, num_images, class_names} = config;
      if (!Array.isArray(image_counts)) reject('image_counts', 'an array of integers', image_counts);
      const args = {imageCounts: image_counts, numImages: num_images, classNames: class_names, [SAVED]: true};
      return new ClassFrequency(args);
    };
    return readShared(json, ClassFrequency, make);
  }
}

acrossCopies(ClassFrequency, 'ClassFrequency');

/**
 * Copies and freezes names. @throws ValueError unless they are strings, one per class and, unless `saved`, all
 * different.
 */
export function checkedClassNames(
  classNames: readonly string[] | undefined,
  numClasses: number,
  saved = false,
): readonly string[] | undefined {
  if (classNames === undefined) return undefined;
  if (!areStrings(classNames) || classNames.length !== numClasses) {
    reject('classNames', `an array of ${numClasses} strings`, classNames);
  }
  if (!saved) distinctNames(classNames);
  return Object.freeze([...classNames]);
}
