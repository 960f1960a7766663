import {reject} from '../../core/errors';
import {requireArray} from '../../core/require_array';
import type {Detection, IouType} from './formats';
import {maskArea, maskBounds} from './masks/mask';
import type {GroundTruth} from './read_ground_truth';
import {checkBox, emptyRegions, MaskReader, type Regions} from './regions';

/** The detections of a model. */
export interface Detections extends Regions {
  readonly scores: Float64Array;
}

/**
 * Reads detections into columns. As in the official evaluators, the first one decides for all whether they have boxes.
 * If so, areas are those of the boxes, even if masks are compared, and a missing mask is the box. Otherwise areas and
 * boxes are those of the masks.
 *
 * @throws ValueError naming the path of the first value that is missing or wrong: `detections[3].bbox`.
 */
export function readDetections(
  detections: readonly Detection[],
  {images, categories}: GroundTruth,
  iouType: IouType,
): Detections {
  requireArray('detections', detections);
  const regions = emptyRegions(detections.length, iouType);
  const scores = new Float64Array(detections.length);
  const masks = new MaskReader(images);
  const haveBoxes = detections[0]?.bbox !== undefined;
  for (let i = 0; i < detections.length; ++i) {
    const detection = detections[i];
    if (typeof detection !== 'object' || detection === null)
      reject(`detections[${i}]`, 'an object', detection);
    const image = images.places.get(detection.image_id);
    const category = categories.places.get(detection.category_id);
    if (image === undefined) {
      reject(`detections[${i}].image_id`, 'the id of an image of the ground truth', detection.image_id);
    }
    if (category === undefined) {
      const {category_id} = detection;
      reject(`detections[${i}].category_id`, 'the id of a category of the ground truth', category_id);
    }
    if (!Number.isFinite(detection.score)) {
      reject(`detections[${i}].score`, 'a finite number', detection.score);
    }
    regions.image[i] = image;
    regions.category[i] = category;
    scores[i] = detection.score;
    if (haveBoxes) readBoxed(detection, i, regions, masks);
    else readMasked(detection, i, regions, masks);
  }
  return {...regions, scores};
}

function readBoxed({bbox, segmentation}: Detection, i: number, regions: Regions, masks: MaskReader): void {
  checkBox(bbox, () => `detections[${i}].bbox`);
  const [x, y, width, height] = bbox;
  regions.area[i] = width * height;
  if (regions.boxes.length > 0) {
    const {boxes} = regions;
    boxes[4 * i] = x;
    boxes[4 * i + 1] = y;
    boxes[4 * i + 2] = width;
    boxes[4 * i + 3] = height;
    return;
  }
  const corners = [x, y, x, y + height, x + width, y + height, x + width, y];
  const path = `detections[${i}].segmentation`;
  regions.masks[i] = masks.read(segmentation ?? [corners], regions.image[i], path);
}

function readMasked({segmentation}: Detection, i: number, regions: Regions, masks: MaskReader): void {
  if (segmentation === undefined) reject(`detections[${i}]`, 'with a bbox or a segmentation', segmentation);
  const mask = masks.read(segmentation, regions.image[i], `detections[${i}].segmentation`);
  regions.area[i] = maskArea(mask);
  if (regions.boxes.length > 0) regions.boxes.set(maskBounds(mask, masks.heightOf(regions.image[i])), 4 * i);
  else regions.masks[i] = mask;
}
