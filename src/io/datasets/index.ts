/**
 * Your own images on Node: folders, lists, CIFAR and IDX files, tables of labels. Datasets are those of
 * `tfjs-longtail/sampling`; classes are counted before any image is decoded.
 *
 * @module tfjs-longtail/datasets
 */

export {type CifarOptions, cifar} from './cifar';
export type {ImageFit} from './file_reader';
export {type IdxFiles, type IdxOptions, idxImages} from './idx';
export {type ImageFolderOptions, imageFolder} from './image_folder';
export {type ImageListOptions, imageList} from './image_list';
export type {ImageBatchOptions, ImageFileOptions} from './image_options';
export type {ImageShape} from './image_reader';
export type {UnreadableImage} from './image_source';
export {inOrder} from './in_order';
export type {LabeledDataset} from './labeled_dataset';
export type {LabeledSplits} from './labeled_splits';
export {type LongTailedOptions, longTailed, longTailedCounts} from './long_tailed';
export type {DecodedImage, DecodeImage} from './lvis/decode_image';
export {type LvisCrop, type LvisCrops, type LvisCropsOptions, lvisCrops} from './lvis/lvis_crops';
export {
  type LvisDataset,
  type LvisDatasetOptions,
  type LvisElement,
  lvisDataset,
} from './lvis/lvis_dataset';
export {lvisFrequency} from './lvis/lvis_frequency';
export {openDataset} from './open_dataset';
export type {SplitShares} from './splits';
export {type TableFrequencyOptions, tableFrequency} from './table_frequency';
