import type {backend_util, KernelBackend, TensorInfo} from '@tensorflow/tfjs-core';
import type {LabelValues} from '../host/host_labels';
import {scaleRows} from '../host/loss_and_gradient';
import {type HostKernels, registerHostKernels} from '../host/loss_kernels';
import {shared} from '../shared';
import {computeLoss} from '../simd/compute';
import {upstreamFactors} from '../upstream';

/** What is used of tfjs's cpu backend. */
interface CpuBackend extends KernelBackend {
  data: {get(dataId: object): {values: backend_util.BackendValues}};
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

const valuesOf = (backend: CpuBackend, {dataId}: TensorInfo) => backend.data.get(dataId).values;

const kernels: HostKernels<CpuBackend> = {
  forward: (family, {inputs, attrs, backend}) => {
    const z = valuesOf(backend, inputs.logits) as Float32Array;
    const out = attrs.differentiable ? new Float32Array(z.length) : undefined;
    const labels = valuesOf(backend, inputs.labels) as LabelValues;
    const {losses, gradient} = computeLoss(family, z, labels, attrs, out);
    const made = [backend.makeTensorInfo([attrs.rows], 'float32', losses)];
    if (gradient) made.push(backend.makeTensorInfo([attrs.rows, attrs.classes], 'float32', gradient));
    return made;
  },

  gradient: ({inputs, attrs, backend}) => {
    const {saved, dy} = inputs;
    const values = valuesOf(backend, saved) as Float32Array;
    const out = attrs.last ? values : values.slice();
    const factors = upstreamFactors(valuesOf(backend, dy) as Float32Array);
    if (factors) scaleRows(out, factors, out);
    return attrs.last ? shared(saved, backend) : backend.makeTensorInfo(saved.shape, 'float32', out);
  },
};

/** Registers the losses' kernels for the cpu backend. */
export function registerCpuLosses(): void {
  registerHostKernels('cpu', kernels);
}
