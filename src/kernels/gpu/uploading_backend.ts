import type {DataId, DataType, TensorInfo} from '@tensorflow/tfjs-core';

/** The parts common to tfjs's WebGL and WebGPU backends that are used here. */
export interface UploadingBackend {
  makeTensorInfo(shape: number[], dtype: DataType, values?: Float32Array): TensorInfo;
  disposeData(dataId: DataId): boolean;
}
