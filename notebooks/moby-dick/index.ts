// What the notebooks call 'moby-dick': the book's characters as crops, and a small CNN that reads them. It belongs to this
// repository, not to the package, and is compiled for the notebooks by `prepare`.

export {balancedCrops, type CropSet} from '../../models/moby-dick/data/crop_set';
export {CROP_SIDE} from '../../models/moby-dick/data/crops';
export {cropDataset, trainingBatches} from '../../models/moby-dick/data/dataset';
export {trainingCrops} from '../../models/moby-dick/data/scans';
export {charCnn} from '../../models/moby-dick/network';
export {contactSheet} from './contact_sheet';
export {pixelTensor} from './pixel_tensor';
