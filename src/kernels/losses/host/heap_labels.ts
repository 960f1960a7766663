import type {TensorInfo} from '@tensorflow/tfjs-core';
import {type HostLabels, hostLabels, type LabelValues} from '../../../labels/host_labels';
import type {LabelShape} from '../../../labels/labels';
import type {BackendWasm} from '../../wasm/kernel';

/** Views labels in the memory of tfjs's wasm backend. Any allocation may move the heap and detach their values. */
export function heapLabels(backend: BackendWasm, labels: TensorInfo, shape: LabelShape): HostLabels {
  return hostLabels(shape, backend.typedArrayFromHeap(labels) as LabelValues);
}
