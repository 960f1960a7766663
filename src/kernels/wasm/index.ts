import {registerWasmTrainingKernels} from './register';

export {registerWasmTrainingKernels};

registerWasmTrainingKernels();
