import {reject} from '../../core/errors';
import type {LabelKind} from '../../frequency/reading/element_form';
import {ImageClasses} from '../image_classes';

/** How samplers read labels. */
export interface SamplerLabelOptions {
  /** C, without background. Default: the largest integer + 1, or the width of the rows. */
  numClasses?: number;
  /** What the labels are, if that cannot be inferred; see `LabelOptions`. */
  labels?: LabelKind;
}

/** The classes of each sample, read when first needed: `uniform` needs none. */
export function lazyClasses(
  source: unknown,
  length: number,
  {numClasses, labels}: SamplerLabelOptions,
): () => ImageClasses {
  let classes: ImageClasses | undefined;
  return () => {
    if (source === undefined) reject('labels', 'given, as the sampler needs them', source);
    classes ??= new ImageClasses(source, {length, numClasses, labels});
    return classes;
  };
}
