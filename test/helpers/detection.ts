import type {Annotations, Detection, DetectionResult} from '../../src/detection';

interface Expected {
  summary: object;
  apByCategory: object;
}

/** The largest difference between two evaluations; NaN where they have other keys. */
export function largestDifference(actual: DetectionResult, expected: Expected): number {
  const flat = ({summary, apByCategory}: Expected): [string, number][] => [
    ...Object.entries(summary),
    ...Object.entries(apByCategory),
  ];
  const [values, reference] = [flat(actual), flat(expected)];
  if (values.length !== reference.length) return Number.NaN;
  return reference.reduce((most, [key, value], i) => {
    const [name, found] = values[i];
    return name === key ? Math.max(most, Math.abs(found - value)) : Number.NaN;
  }, 0);
}

/** Two images of 40 × 30 pixels, categories 3 (frequent) and 8 (rare), an object of each in the first image. */
export function smallAnnotations(): Annotations {
  const image = {width: 40, height: 30, neg_category_ids: [], not_exhaustive_category_ids: []};
  const square = [[0, 0, 0, 10, 10, 10, 10, 0]];
  return {
    images: [
      {...image, id: 5},
      {...image, id: 2},
    ],
    categories: [
      {id: 8, frequency: 'r'},
      {id: 3, frequency: 'f'},
    ],
    annotations: [
      {id: 1, image_id: 5, category_id: 3, bbox: [0, 0, 10, 10], area: 100, segmentation: square},
      {id: 2, image_id: 5, category_id: 8, bbox: [20, 0, 10, 10], area: 100, segmentation: square},
    ],
  };
}

/** A detection of the object of category 3 in `smallAnnotations`. */
export function smallDetection(): Detection {
  return {image_id: 5, category_id: 3, bbox: [0, 0, 10, 10], score: 0.5};
}
