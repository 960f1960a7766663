import {supplySimd} from '../losses/simd/supply';
import {registerWasmTrainingKernels} from './register';

export {registerWasmTrainingKernels};

supplySimd();
registerWasmTrainingKernels();
