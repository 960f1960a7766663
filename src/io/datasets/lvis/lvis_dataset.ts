import type {Tensor1D, Tensor2D, Tensor3D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../../../core/check_options';
import {reject} from '../../../core/errors';
import {Random} from '../../../core/random';
import {requireInteger} from '../../../core/require_integer';
import type {Annotations} from '../../../detection/evaluation/formats';
import {type Grouped, groupRows} from '../../../detection/evaluation/ordering';
import type {ClassFrequency} from '../../../frequency/class_frequency';
import type {CollectedAnnotations} from './annotation_collector';
import type {DecodeImage} from './decode_image';
import {frequencyOf} from './lvis_frequency';
import {readAnnotations} from './read_annotations';
import {readLocatedImage} from './read_located_image';

/** Options of {@link lvisDataset}. */
export interface LvisDatasetOptions {
  /** Decodes the bytes of a file. Default: the optional peer `sharp`, for jpeg, png and others. */
  decode?: DecodeImage;
  /** Integer seed that shuffles the images anew for each pass. Default: no shuffling, images by ascending id. */
  seed?: number;
  /** Whether to keep images without objects, which are all background. Default: true. */
  keepEmpty?: boolean;
}

/** An image with its objects. */
// A type: tf.data does not accept an interface as element.
export type LvisElement = {
  /** int32 `[height, width, 3]`, levels 0 … 255. */
  image: Tensor3D;
  /** float32 `[objects, 4]`: y1, x1, y2, x2 in pixels. */
  boxes: Tensor2D;
  /** int32 `[objects]`, classes 0 … C − 1. */
  labels: Tensor1D;
  /** The image's id in the annotation file. */
  imageId: number;
};

/** Images of an annotation file. */
export class LvisDataset {
  /** The number of images. */
  readonly length: number;
  /** Number of images in which each class occurs. */
  readonly freqInfo: ClassFrequency;
  /** Category id of each class, `[C]`, for results files. */
  readonly categoryIds: readonly number[];
  /** Distinct classes of each image, ascending, as samplers take them for `labels`. */
  readonly classes: readonly (readonly number[])[];
  private readonly rows: Grouped;
  private passes = 0;

  /** @hidden */
  constructor(
    private readonly annotations: CollectedAnnotations,
    private readonly directory: string,
    private readonly options: LvisDatasetOptions,
  ) {
    const {images, categories, image, category, crowd} = annotations;
    const single = Int32Array.from(crowd.keys()).filter((row) => crowd[row] === 0);
    this.rows = groupRows(single, image, images.items.length);
    const all = Array.from(images.items.keys());
    const {keepEmpty = true} = options;
    this.places = keepEmpty ? all : all.filter((place) => this.rowsOf(place).length > 0);
    this.length = this.places.length;
    this.freqInfo = frequencyOf(annotations);
    this.categoryIds = categories.items.map(({id}) => id);
    this.classes = this.places.map((place) =>
      [...new Set(Array.from(this.rowsOf(place), (row) => category[row]))].sort((a, b) => a - b),
    );
  }

  /** Ranks of these images among those of the file. */
  private readonly places: readonly number[];

  /**
   * Reads one image, for `indexedDataset` and your own loops. The caller disposes its tensors.
   *
   * @param index 0 … length − 1, by ascending id.
   * @throws ValueError (rejects) for other indices, and for an image whose size differs from the file's; errors of the
   *   file system and the decoder.
   */
  async get(index: number): Promise<LvisElement> {
    const place = this.places[requireInteger('index', index, 0, this.length - 1)];
    const {images, category, boxes} = this.annotations;
    const {data, height, width} = await readLocatedImage(
      this.annotations,
      place,
      this.directory,
      this.options.decode,
    );
    const rows = this.rowsOf(place);
    const corners = Float32Array.from({length: 4 * rows.length}, (_, k) => {
      const [row, side] = [rows[k >> 2], k & 3];
      // x, y, width, height to y1, x1, y2, x2.
      const start = boxes[4 * row + (side & 1 ? 0 : 1)];
      return side < 2 ? start : start + boxes[4 * row + (side & 1 ? 2 : 3)];
    });
    return {
      image: tfc.tensor3d(Int32Array.from(data), [height, width, 3], 'int32'),
      boxes: tfc.tensor2d(corners, [rows.length, 4]),
      labels: tfc.tensor1d(
        Int32Array.from(rows, (row) => category[row]),
        'int32',
      ),
      imageId: images.items[place].id,
    };
  }

  /**
   * One pass over the images, for `tf.data`: `tf.data.generator(() => dataset.elements())`. With a seed, each call
   * shuffles the images anew.
   */
  async *elements(): AsyncGenerator<LvisElement, void> {
    const order = Int32Array.from({length: this.length}, (_, i) => i);
    const {seed} = this.options;
    const pass = this.passes++;
    if (seed !== undefined) Random.of(seed, 'lvisDataset', pass).shuffle(order);
    for (const index of order) yield await this.get(index);
  }

  private rowsOf(place: number): Int32Array {
    return this.rows.rows.subarray(this.rows.starts[place], this.rows.starts[place + 1]);
  }
}

/**
 * Images of an LVIS or COCO annotation file with their boxes and classes. The file may have any length and is read
 * record by record; images are read on demand. Category ids, which start at 1 and have gaps, become classes 0 … C − 1
 * by ascending id. COCO's crowd regions (`iscrowd`) are left out.
 *
 * ```js
 * const train = await lvisDataset('lvis_v1_train.json', 'coco', {seed: 1});
 * const loss = new EqualizationLoss({lambda: 1.76e-3, freqInfo: train.freqInfo});
 * const dataset = tf.data.generator(() => train.elements());
 * await dataset.forEachAsync(({image, boxes, labels}) => { … });
 * ```
 *
 * @param annotations The path of an annotation file, or its parsed content.
 * @param imageDirectory The folder of the images: each at its `file_name`, or, as LVIS v1 has none, at the folder and
 *   file at the end of its `coco_url` (`train2017/000000391895.jpg`).
 * @throws ValueError (rejects) naming the byte where the JSON is invalid or ends early, the path of a missing or wrong
 *   value (`annotations[3].bbox`), or an unknown or wrong option.
 */
export async function lvisDataset(
  annotations: string | Annotations,
  imageDirectory: string,
  options: LvisDatasetOptions = {},
): Promise<LvisDataset> {
  checkOptions('lvisDataset', options, ['decode', 'seed', 'keepEmpty']);
  if (typeof imageDirectory !== 'string') reject('imageDirectory', 'the path of a directory', imageDirectory);
  const {decode, seed, keepEmpty} = options;
  if (decode !== undefined && typeof decode !== 'function') reject('decode', 'a function', decode);
  if (seed !== undefined) requireInteger('seed', seed, Number.MIN_SAFE_INTEGER);
  if (keepEmpty !== undefined && typeof keepEmpty !== 'boolean')
    reject('keepEmpty', 'true or false', keepEmpty);
  return new LvisDataset(await readAnnotations(annotations, true), imageDirectory, options);
}
