// What the notebooks call 'moby-dick': the book's characters as crops, and a small CNN that reads them. It belongs to this
// repository, not to the package, and is compiled for the notebooks by `prepare`.
export {charCnn} from '../../models/char_cnn';
export {balancedCrops, type CropSet, trainingCrops} from '../../src/io/moby_dick/crop_set';
export {CROP_SIDE} from '../../src/io/moby_dick/crops';
export {cropDataset, trainingBatches} from '../../src/io/moby_dick/dataset';
export {contactSheet} from './contact_sheet';
export {pixelTensor} from './pixel_tensor';
