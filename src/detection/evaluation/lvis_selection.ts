import {groupRows, sortDescending} from './ordering';
import type {Detections} from './read_detections';
import type {GroundTruth} from './read_ground_truth';

/** Selects the objects that LVIS considers: those with an area. */
export function selectObjects({objects: {area}}: GroundTruth): Int32Array {
  return rowsWhere(area.length, (row) => area[row] > 0);
}

/**
 * Selects the detections that LVIS considers: of the `most` highest scores in each image, those with an area whose
 * category has an object in the image or is known to be absent.
 */
export function selectDetections(
  detections: Detections,
  {objects: regions, images, categories}: GroundTruth,
  objects: Int32Array,
  negative: readonly ReadonlySet<number>[],
  most: number,
): Int32Array {
  const all = rowsWhere(detections.length, () => true);
  const found = groupRows(all, detections.image, images.items.length);
  const there = groupRows(objects, regions.image, images.items.length);
  const scratch = new Int32Array(all.length);
  // The last image, by index, in which a category was verified.
  const verified = new Int32Array(categories.items.length).fill(-1);
  const selected = new Int32Array(all.length);
  let count = 0;
  for (let image = 0; image < images.items.length; ++image) {
    for (const place of negative[image]) verified[place] = image;
    for (let k = there.starts[image]; k < there.starts[image + 1]; ++k) {
      verified[regions.category[there.rows[k]]] = image;
    }
    const from = found.starts[image];
    const to = found.starts[image + 1];
    if (to - from > most) sortDescending(found.rows, detections.scores, scratch, from, to);
    for (let k = from; k < Math.min(to, from + most); ++k) {
      const row = found.rows[k];
      if (detections.area[row] > 0 && verified[detections.category[row]] === image) selected[count++] = row;
    }
  }
  return selected.subarray(0, count);
}

function rowsWhere(length: number, isIn: (row: number) => boolean): Int32Array {
  const rows = new Int32Array(length);
  let count = 0;
  for (let row = 0; row < length; ++row) if (isIn(row)) rows[count++] = row;
  return rows.subarray(0, count);
}
