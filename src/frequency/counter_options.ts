import type {LabelOptions} from './reading/element_form';
import type {LabelSelector} from './reading/element_source';

/** What is to be counted, and how labels are to be read. */
export interface ClassFrequencyCounterArgs extends LabelOptions {
  /** C: the number of classes, without background. */
  numClasses: number;
  /** Selects the labels in a dataset element. Default: `element.ys`. */
  label?: LabelSelector;
}

/** What `ClassFrequencyCounter.toJSON` writes. */
export interface ClassFrequencyCounterJSON extends LabelOptions {
  /** C. */
  num_classes: number;
  /** N so far. */
  num_images: number;
  /** N_j so far, `[numClasses]`. */
  image_counts: number[];
}
