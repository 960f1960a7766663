import type {backend_util, KernelBackend, TensorInfo} from '@tensorflow/tfjs-core';

/** The part of tfjs's cpu backend used here. */
export interface CpuBackend extends KernelBackend {
  data: {get(dataId: object): {values: backend_util.BackendValues}};
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

/** A tensor's values as they lie in memory. */
export const valuesOf = (backend: CpuBackend, {dataId}: TensorInfo) => backend.data.get(dataId).values;
