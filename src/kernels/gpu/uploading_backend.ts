import type {DataId, DataType, TensorInfo} from '@tensorflow/tfjs-core';

/** What the WebGL and WebGPU backends of tfjs have in common here. */
export interface UploadingBackend {
  makeTensorInfo(shape: number[], dtype: DataType, values?: Float32Array): TensorInfo;
  disposeData(dataId: DataId): boolean;
}
