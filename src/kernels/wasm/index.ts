import '../losses/simd/supply';
import {registerWasmTrainingKernels} from './register';

export {registerWasmTrainingKernels};

registerWasmTrainingKernels();
