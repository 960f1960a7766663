/** A mask as run lengths down the columns, background first, in COCO's format. */
export interface RunLengths {
  /** Height and width in pixels, equal to the image's. */
  readonly size: readonly number[];
  /** Lengths that sum to height · width, or COCO's compressed string of them. */
  readonly counts: string | readonly number[];
}

/** A union of polygons `[x, y, x, y, …]` in pixels, or a mask. */
export type Segmentation = readonly (readonly number[])[] | RunLengths;

/** An image of an annotation file. */
export interface AnnotatedImage {
  /** The id that annotations refer to. */
  readonly id: number;
  /** In pixels; needed for masks. */
  readonly height?: number;
  /** In pixels; needed for masks. */
  readonly width?: number;
  /** LVIS: categories that are known to be absent. */
  readonly neg_category_ids?: readonly number[];
  /** LVIS: categories of which not every object is annotated. */
  readonly not_exhaustive_category_ids?: readonly number[];
}

/** A category of an annotation file. */
export interface AnnotatedCategory {
  /** An integer, often 1-based and with gaps. */
  readonly id: number;
  /** For display only. */
  readonly name?: string;
  /** LVIS: `'r'`, `'c'` or `'f'` (rare, common, frequent), by how often the category occurs in training. */
  readonly frequency?: string;
}

/** An object of an annotation file. */
export interface Annotation {
  /** An integer ≥ 1. */
  readonly id: number;
  /** The id of its image. */
  readonly image_id: number;
  /** The id of its category. */
  readonly category_id: number;
  /** In square pixels, of the mask if there is one. */
  readonly area: number;
  /** `[x, y, width, height]` in pixels. Needed for `iouType: 'bbox'`. */
  readonly bbox?: readonly number[];
  /** Needed for `iouType: 'segm'`. */
  readonly segmentation?: Segmentation;
  /**
   * COCO: 1 for a region of many objects, which any number of detections may match and which does not count as an
   * object.
   */
  readonly iscrowd?: number | boolean;
  /** LVIS: 1 for an object that counts neither as found nor as missed. */
  readonly ignore?: number | boolean;
}

/** A parsed annotation file of COCO or LVIS. */
export interface Annotations {
  /** All images, including those without objects. */
  readonly images: readonly AnnotatedImage[];
  /** All objects. */
  readonly annotations: readonly Annotation[];
  /** All categories, including those without objects. */
  readonly categories: readonly AnnotatedCategory[];
}

/** A detection in COCO's result format. */
export interface Detection {
  /** The id of its image. */
  readonly image_id: number;
  /** The id of the predicted category. */
  readonly category_id: number;
  /** Any finite number; only the order counts. */
  readonly score: number;
  /** `[x, y, width, height]` in pixels. */
  readonly bbox?: readonly number[];
  /** Needed for `iouType: 'segm'`. */
  readonly segmentation?: Segmentation;
}

/** Whether boxes or masks are compared. */
export type IouType = 'bbox' | 'segm';
