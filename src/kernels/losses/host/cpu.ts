import type {LabelValues} from '../../../labels/host_labels';
import {type CpuBackend, valuesOf} from '../../cpu/backend';
import {replaceCpuGradients} from '../../cpu/gradients';
import {shared} from '../../shared';
import {computeLoss} from '../simd/compute';
import {type SimdPasses, simdPasses} from '../simd/passes';
import {upstreamFactors} from '../upstream';
import {scaleRows} from './loss_and_gradient';
import {type HostKernels, registerHostKernels} from './loss_kernels';

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

  fused: ({inputs, attrs, backend}) => {
    const z = valuesOf(backend, inputs.logits) as Float32Array;
    const out = attrs.differentiable ? new Float32Array(z.length) : undefined;
    const {fusedBlocks} = simdPasses() as SimdPasses;
    const losses = fusedBlocks(attrs, z, valuesOf(backend, inputs.labels) as LabelValues, out);
    const made = [backend.makeTensorInfo([losses.length], 'float32', losses)];
    if (out) made.push(backend.makeTensorInfo(inputs.logits.shape, 'float32', out));
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

/** Registers the losses' kernels for the cpu backend, and replaces the gradients that tfjs gets wrong there. */
export function registerCpuKernels(): void {
  // The backend may be imported later: tfjs runs the setup when it becomes the current one.
  registerHostKernels('cpu', kernels, replaceCpuGradients);
  replaceCpuGradients();
}
