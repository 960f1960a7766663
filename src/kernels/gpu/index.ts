import {registerGpuTrainingKernels} from './register';

export {registerGpuTrainingKernels};

registerGpuTrainingKernels();
