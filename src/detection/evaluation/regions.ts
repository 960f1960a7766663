import {reject} from '../../core/errors';
import {requireInteger} from '../../core/require_integer';
import type {AnnotatedImage, IouType} from './formats';
import type {Identified} from './identifiers';
import {type Mask, readMask} from './masks/mask';

/** Columns of objects or detections, `[length]` each; either boxes or masks are compared. */
export interface Regions {
  readonly length: number;
  /** The index of the image among ascending ids. */
  readonly image: Int32Array;
  /** The index of the category among ascending ids. */
  readonly category: Int32Array;
  /** In square pixels. */
  readonly area: Float64Array;
  /** `[length, 4]`: x, y, width, height. */
  readonly boxes: Float64Array;
  /** Empty if boxes are compared. */
  readonly masks: Mask[];
}

/** Allocates columns of regions to fill. */
export function emptyRegions(length: number, iouType: IouType): Regions {
  return {
    length,
    image: new Int32Array(length),
    category: new Int32Array(length),
    area: new Float64Array(length),
    boxes: new Float64Array(iouType === 'bbox' ? 4 * length : 0),
    masks: iouType === 'segm' ? new Array(length) : [],
  };
}

/** @throws ValueError naming `path` unless `box` is `[x, y, width, height]` with sides ≥ 0. */
export function checkBox(box: unknown, path: () => string): asserts box is readonly number[] {
  const isBox =
    Array.isArray(box) &&
    box.length === 4 &&
    Number.isFinite(box[0]) &&
    Number.isFinite(box[1]) &&
    Number.isFinite(box[2]) &&
    Number.isFinite(box[3]) &&
    box[2] >= 0 &&
    box[3] >= 0;
  if (!isBox) reject(path(), '[x, y, width, height], finite numbers, the last two ≥ 0', box);
}

/** Reads masks, and checks the sizes of their images when first needed. */
export class MaskReader {
  constructor(private readonly images: Identified<AnnotatedImage>) {}

  /** Reads the mask of `segmentation` on the image at `place`. @throws ValueError as `readMask` does. */
  read(segmentation: unknown, place: number, path: string): Mask {
    const height = this.sideOf('height', place);
    return readMask(segmentation, height, this.sideOf('width', place), path);
  }

  heightOf(place: number): number {
    return this.sideOf('height', place);
  }

  private sideOf(side: 'height' | 'width', place: number): number {
    const size = this.images.items[place][side];
    return requireInteger(`images[${this.images.positions[place]}].${side}`, size, 1, 65535);
  }
}
