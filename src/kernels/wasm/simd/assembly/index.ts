// Matrix products, convolutions and other operations of training, in SIMD WebAssembly over tfjs's own memory. Compiled
// by `npm run build:simd` into ../binary.ts.
export {multiply, panels} from './products';
export {convolve, convolveFilterGradient, convolveInputGradient} from './patches';
export {batchNormSums, normalize} from './channels';
export {depthwiseFilterGradient} from './depthwise';
export {addToRows, clipGradient, columnSums, reluGradient} from './elements';
export {adam, descend, momentum, rmsProp} from './updates';
