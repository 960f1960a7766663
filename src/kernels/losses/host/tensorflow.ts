import type {backend_util, KernelBackend, TensorInfo} from '@tensorflow/tfjs-core';
import type {LabelValues} from '../../../labels/host_labels';
import {shared} from '../../shared';
import {computeLoss} from '../simd/compute';
import {type SimdPasses, simdPasses} from '../simd/passes';
import {upstreamFactors} from '../upstream';
import {scaleRows} from './loss_and_gradient';
import {type HostKernels, registerHostKernels} from './loss_kernels';

/** The part of tfjs-node's backend used here. Tensors stay in JavaScript until a native op first needs them. */
interface NodeBackend extends KernelBackend {
  tensorMap: {get(dataId: object): {values: backend_util.BackendValues | null}};
}

/** A tensor's values if JavaScript still owns them, else null. */
const ownValues = (backend: NodeBackend, {dataId}: TensorInfo) =>
  backend.tensorMap.get(dataId).values as Float32Array | null;

const read = (backend: NodeBackend, {dataId}: TensorInfo) => backend.readSync(dataId);

function made(backend: NodeBackend, values: Float32Array, shape: number[]): TensorInfo {
  return {dataId: backend.write(values, shape, 'float32'), shape, dtype: 'float32'};
}

const kernels: HostKernels<NodeBackend> = {
  forward: (family, {inputs, attrs, backend}) => {
    const own = ownValues(backend, inputs.logits);
    const z = own ?? (read(backend, inputs.logits) as Float32Array);
    // Values read from a native tensor are a copy, which the gradient may overwrite.
    const spare = own == null ? z : undefined;
    const out = attrs.differentiable ? (spare ?? new Float32Array(z.length)) : undefined;
    const labels = read(backend, inputs.labels) as LabelValues;
    const {losses, gradient} = computeLoss(family, z, labels, attrs, out);
    const {rows, classes} = attrs;
    const results = [made(backend, losses, [rows])];
    if (gradient) results.push(made(backend, gradient, [rows, classes]));
    return results;
  },

  fused: ({inputs, attrs, backend}) => {
    const own = ownValues(backend, inputs.logits);
    const z = own ?? (read(backend, inputs.logits) as Float32Array);
    const out = attrs.differentiable ? new Float32Array(z.length) : undefined;
    const {fusedBlocks} = simdPasses() as SimdPasses;
    const losses = fusedBlocks(attrs, z, read(backend, inputs.labels) as LabelValues, out);
    const results = [made(backend, losses, [losses.length])];
    if (out) results.push(made(backend, out, inputs.logits.shape));
    return results;
  },

  gradient: ({inputs, attrs, backend}) => {
    const {saved, dy} = inputs;
    const factors = upstreamFactors(read(backend, dy) as Float32Array);
    if (factors == null && attrs.last) return shared(saved, backend);
    const own = ownValues(backend, saved);
    const values = own ?? (read(backend, saved) as Float32Array);
    const out = own == null || attrs.last ? values : values.slice();
    if (factors) scaleRows(out, factors, out);
    return own != null && attrs.last ? shared(saved, backend) : made(backend, out, saved.shape);
  },
};

/** Registers the losses' kernels for tfjs-node. */
export function registerNodeLosses(): void {
  registerHostKernels('tensorflow', kernels);
}
