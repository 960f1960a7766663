import type {TensorInfo} from '@tensorflow/tfjs-core';
import {shared} from '../../shared';
import {type BackendWasm, floats} from '../../wasm/kernel';
import {type SimdPasses, simdPasses} from '../simd/passes';
import {foldedUpstream, upstreamFactors} from '../upstream';
import {heapLabels} from './heap_labels';
import {lossAndGradient, scaleRows} from './loss_and_gradient';
import {type ForwardCall, type HostKernels, registerHostKernels} from './loss_kernels';

type Family = 'sigmoid' | 'softmax';

const kernels: HostKernels<BackendWasm> = {
  forward: (family, call) => {
    const fits = call.attrs.fromLogits || family === 'softmax';
    return (fits ? simdPasses()?.passInPlace(family, call) : null) ?? plain(family, call);
  },

  fused: (call) => (simdPasses() as SimdPasses).fusedInPlace(call),

  gradient: ({inputs, attrs, backend}) => {
    const {saved, dy} = inputs;
    const out = attrs.last ? shared(saved, backend) : backend.makeOutput(saved.shape, 'float32');
    if (!attrs.last) floats(backend, out).set(floats(backend, saved));
    const factors = upstreamFactors(floats(backend, dy));
    if (factors && !simdPasses()?.scaleInPlace(out, factors, attrs.rows, attrs.classes, backend)) {
      scaleRows(floats(backend, out), factors, floats(backend, out));
    }
    return out;
  },
};

/** Registers the losses' kernels for the wasm backend; they work in place in its memory. */
export function registerWasmLosses(): void {
  registerHostKernels('wasm', kernels);
}

function plain(family: Family, {inputs, attrs, backend}: ForwardCall<BackendWasm>): TensorInfo[] {
  const labels = heapLabels(backend, inputs.labels, attrs);
  const kind = family === 'sigmoid' && !attrs.fromLogits ? 'sigmoidOfProbabilities' : family;
  const {rows, classes, differentiable} = attrs;
  const z = floats(backend, inputs.logits);
  const scale = foldedUpstream(rows);
  const {losses, gradient} = lossAndGradient(kind, z, labels, attrs, differentiable, scale);
  const results = [backend.makeOutput([rows], 'float32')];
  floats(backend, results[0]).set(losses);
  if (gradient) {
    results.push(backend.makeOutput([rows, classes], 'float32'));
    floats(backend, results[1]).set(gradient);
  }
  return results;
}
