import type {Tensor3D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {checkOptions} from '../../../core/check_options';
import {reject, ValueError} from '../../../core/errors';
import {Random} from '../../../core/random';
import {requireInteger} from '../../../core/require_integer';
import {categoryNames} from '../../../detection/category_names';
import type {Annotations} from '../../../detection/evaluation/formats';
import {type Grouped, groupRows} from '../../../detection/evaluation/ordering';
import {ClassFrequency} from '../../../frequency/class_frequency';
import {checkedRange, checkedSize} from '../image_options';
import type {UnreadableImage} from '../image_source';
import {MissingPeerError} from '../require_peer';
import type {CollectedAnnotations} from './annotation_collector';
import {backgroundBoxes} from './background_boxes';
import {cropPixels, pixelBox} from './crop_pixels';
import type {DecodedImage, DecodeImage} from './decode_image';
import {readAnnotations} from './read_annotations';
import {readLocatedImage} from './read_located_image';

/** Options of {@link lvisCrops}. */
export interface LvisCropsOptions {
  /** Side of each crop in pixels, or `[height, width]`. Crops are stretched to it. */
  imageSize: number | readonly [height: number, width: number];
  /** Background boxes per image, fewer if it has no space for them. Default: 2. */
  backgroundPerImage?: number;
  /** Values of levels 0 and 255 in `xs`. Default: `[0, 1]`. */
  range?: readonly [low: number, high: number];
  /**
   * Integer that determines the background boxes, and shuffles the images anew for each pass. Default: the boxes of
   * seed 0, and images by ascending id.
   */
  seed?: number;
  /** Decodes the bytes of a file. Default: the optional peer `sharp`, for jpeg, png and others. */
  decode?: DecodeImage;
  /**
   * Whether an unreadable image is an error. If false (default), its crops are left out and it is listed in
   * `unreadable`.
   */
  strict?: boolean;
}

/** A crop and its class. */
// A type: tf.data does not accept an interface as element.
export type LvisCrop = {
  /** float32 `[height, width, 3]`. */
  xs: Tensor3D;
  /** A class 0 … C − 1, or C for background. */
  ys: number;
};

/** Crops of the images of an annotation file. */
export class LvisCrops {
  /** The number of crops in a pass. */
  readonly length: number;
  /** Number of crops of each class; `numImages` includes background crops. */
  readonly freqInfo: ClassFrequency;
  /** Category id of each class, `[C]`, for results files. */
  readonly categoryIds: readonly number[];
  /** Objects by image, without crowd regions. */
  private readonly objects: Grouped;
  /** Background boxes of each image: x, y, width, height. */
  private readonly backgrounds: readonly (readonly number[])[];
  private readonly failed = new Map<number, UnreadableImage>();
  private passes = 0;

  /** @hidden */
  constructor(
    private readonly annotations: CollectedAnnotations,
    private readonly directory: string,
    private readonly size: readonly [number, number],
    private readonly options: LvisCropsOptions,
  ) {
    const {images, categories, image, category, crowd} = annotations;
    const numImages = images.items.length;
    const single = Int32Array.from(crowd.keys()).filter((row) => crowd[row] === 0);
    this.objects = groupRows(single, image, numImages);
    this.backgrounds = drawBackgrounds(annotations, single, options);
    const imageCounts = new Float64Array(categories.items.length);
    for (const row of single) ++imageCounts[category[row]];
    const background = this.backgrounds.reduce((sum, boxes) => sum + boxes.length / 4, 0);
    this.length = single.length + background;
    if (this.length === 0)
      reject('annotations', 'a file with an object, or with room for background', annotations);
    const classNames = categoryNames(categories.items);
    this.freqInfo = new ClassFrequency({imageCounts, numImages: this.length, classNames});
    this.categoryIds = categories.items.map(({id}) => id);
  }

  /** Names of the classes in index order, if all categories have one. */
  get classNames(): readonly string[] | undefined {
    return this.freqInfo.classNames;
  }

  /** Images that turned out unreadable so far. */
  get unreadable(): readonly UnreadableImage[] {
    return [...this.failed.values()];
  }

  /**
   * One pass over the crops, for `tf.data`: `tf.data.generator(() => crops.elements())`. With a seed, each call
   * shuffles the images anew; crops of one image follow each other, so `shuffle` them. One image is in memory at a
   * time.
   *
   * @throws ValueError (rejects) for an image whose size differs from the file's, and with `strict` for an unreadable
   *   one.
   */
  async *elements(): AsyncGenerator<LvisCrop, void> {
    const order = Int32Array.from({length: this.annotations.images.items.length}, (_, i) => i);
    const {seed} = this.options;
    const pass = this.passes++;
    if (seed !== undefined) Random.of(seed, 'lvisCrops', pass).shuffle(order);
    for (const place of order) yield* this.cropsOf(place);
  }

  private async *cropsOf(place: number): AsyncGenerator<LvisCrop, void> {
    const {category, boxes} = this.annotations;
    const rows = this.objects.rows.subarray(this.objects.starts[place], this.objects.starts[place + 1]);
    const background = this.backgrounds[place];
    if (rows.length + background.length === 0) return;
    const image = await this.read(place);
    if (image === undefined) return;
    for (const row of rows) {
      const xs = this.crop(image, boxes.subarray(4 * row, 4 * row + 4), `annotations[${row}].bbox`);
      yield {xs, ys: category[row]};
    }
    const numClasses = this.categoryIds.length;
    for (let at = 0; at < background.length; at += 4) {
      yield {xs: this.crop(image, background.slice(at, at + 4), 'background'), ys: numClasses};
    }
  }

  private crop(image: DecodedImage, box: ArrayLike<number>, path: string): Tensor3D {
    const pixels = pixelBox(box, image.height, image.width);
    if (pixels === undefined) {
      reject(path, `inside of its image of ${image.height} × ${image.width} pixels`, Array.from(box));
    }
    const {range = [0, 1]} = this.options;
    return tfc.tensor3d(cropPixels(image, pixels, this.size, range), [...this.size, 3]);
  }

  private async read(place: number): Promise<DecodedImage | undefined> {
    const {annotations, directory, options} = this;
    try {
      return await readLocatedImage(annotations, place, directory, options.decode);
    } catch (error) {
      if (error instanceof MissingPeerError || error instanceof ValueError) throw error;
      const {file_name, coco_url, id} = annotations.images.items[place];
      const name = file_name ?? coco_url ?? `image ${id}`;
      const reason = (error as Error).message.replace(/\s+/g, ' ');
      this.failed.set(place, {name, reason});
      if (options.strict) throw new ValueError(`Expected a readable image. Received: ${name} (${reason})`);
      return undefined;
    }
  }
}

/** Draws background boxes with sizes of the file's objects, so that size does not give them away. */
function drawBackgrounds(
  {images, image, boxes, crowd}: CollectedAnnotations,
  objects: Int32Array,
  {seed = 0, backgroundPerImage = 2}: LvisCropsOptions,
): number[][] {
  const all = groupRows(Int32Array.from(image.keys()), image, images.items.length);
  return images.items.map(({height, width, id}, place) => {
    if (backgroundPerImage === 0) return [];
    const path = `images[${images.positions[place]}]`;
    const sides = [requireInteger(`${path}.height`, height, 1), requireInteger(`${path}.width`, width, 1)];
    const random = Random.of(seed, 'background', id);
    const size = () => {
      // Without any object in the file: a quarter of the image's sides.
      if (objects.length === 0) return [sides[1] / 4, sides[0] / 4] as const;
      const row = objects[random.below(objects.length)];
      return [boxes[4 * row + 2], boxes[4 * row + 3]] as const;
    };
    const rows = all.rows.subarray(all.starts[place], all.starts[place + 1]);
    return backgroundBoxes({
      count: backgroundPerImage,
      height: sides[0],
      width: sides[1],
      boxes: Array.from(rows).flatMap((row) => Array.from(boxes.subarray(4 * row, 4 * row + 4))),
      crowd: Array.from(rows, (row) => crowd[row]),
      size,
      random,
    });
  });
}

/**
 * Crops every object of an LVIS or COCO annotation file into its own image, and adds background boxes with label C:
 * data for detection losses without a detector. The annotation file may have any length and is read record by record;
 * images are read one at a time. COCO's crowd regions (`iscrowd`) give no crops, and background boxes avoid them.
 *
 * Background boxes have the sizes of the file's objects, lie at random, and have an IoU below 0.3 with every annotation
 * of their image. LVIS does not annotate every object of an image, so some may still hold one.
 *
 * ```js
 * const crops = await lvisCrops('lvis_v1_train.json', 'coco', {imageSize: 32, seed: 1});
 * const dataset = tf.data.generator(() => crops.elements()).shuffle(2048).batch(64); // {xs: [64, 32, 32, 3], ys: [64]}
 * const loss = new EqualizationLoss({lambda: lambdaForTailRatio(crops.freqInfo, 0.03), freqInfo: crops.freqInfo});
 * ```
 *
 * @param annotations The path of an annotation file, or its parsed content.
 * @param imageDirectory The folder of the images, as for `lvisDataset`.
 * @throws ValueError (rejects) naming the byte where the JSON is invalid or ends early, the path of a missing or wrong
 *   value (`images[3].width`), or an unknown or wrong option; and if there is no crop.
 */
export async function lvisCrops(
  annotations: string | Annotations,
  imageDirectory: string,
  options: LvisCropsOptions,
): Promise<LvisCrops> {
  checkOptions('lvisCrops', options, [
    'imageSize',
    'backgroundPerImage',
    'range',
    'seed',
    'decode',
    'strict',
  ]);
  if (typeof imageDirectory !== 'string') reject('imageDirectory', 'the path of a directory', imageDirectory);
  const {imageSize, backgroundPerImage, range, seed, decode, strict} = options;
  const size = checkedSize(imageSize);
  if (range !== undefined) checkedRange(range);
  if (backgroundPerImage !== undefined) requireInteger('backgroundPerImage', backgroundPerImage, 0);
  if (seed !== undefined) requireInteger('seed', seed, Number.MIN_SAFE_INTEGER);
  if (decode !== undefined && typeof decode !== 'function') reject('decode', 'a function', decode);
  if (strict !== undefined && typeof strict !== 'boolean') reject('strict', 'true or false', strict);
  return new LvisCrops(await readAnnotations(annotations, true), imageDirectory, size, options);
}
