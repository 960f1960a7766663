/** A mask as run lengths down the columns, background first, as COCO writes it. */
export interface RunLengths {
  /** Height and width in pixels, those of the image. */
  readonly size: readonly number[];
  /** Lengths that add up to height · width, or COCO's compressed string of them. */
  readonly counts: string | readonly number[];
}

/** Polygons `[x, y, x, y, …]` in pixels whose union is meant, or a mask. */
export type Segmentation = readonly (readonly number[])[] | RunLengths;

/** An image of an annotation file. */
export interface AnnotatedImage {
  /** What annotations call it by. */
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
  /** For people; nothing depends on it. */
  readonly name?: string;
  /** LVIS: `'r'`, `'c'` or `'f'`, how often the category occurs in training. */
  readonly frequency?: string;
}

/** An object of an annotation file. */
export interface Annotation {
  /** An integer ≥ 1. */
  readonly id: number;
  /** The image that it is on. */
  readonly image_id: number;
  /** The category that it is of. */
  readonly category_id: number;
  /** In square pixels, of the mask where there is one. */
  readonly area: number;
  /** `[x, y, width, height]` in pixels. Needed for `iouType: 'bbox'`. */
  readonly bbox?: readonly number[];
  /** Needed for `iouType: 'segm'`. */
  readonly segmentation?: Segmentation;
  /** COCO: 1 for a region with many objects, which any number of detections may match and which counts for none. */
  readonly iscrowd?: number | boolean;
  /** LVIS: 1 for an object that counts neither as found nor as missed. */
  readonly ignore?: number | boolean;
}

/** An annotation file of COCO or LVIS, parsed. */
export interface Annotations {
  /** All images, also those without objects. */
  readonly images: readonly AnnotatedImage[];
  /** All objects. */
  readonly annotations: readonly Annotation[];
  /** All categories, also those without objects. */
  readonly categories: readonly AnnotatedCategory[];
}

/** A detection in COCO's format of results. */
export interface Detection {
  /** The image that it is on. */
  readonly image_id: number;
  /** The category that it is taken for. */
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
