import type {TensorInfo} from '@tensorflow/tfjs-core';
import {type HostLabels, hostLabels, type LabelValues} from '../../../labels/host_labels';
import {requireShares} from '../../../labels/label_values';
import {shared} from '../../shared';
import {type BackendWasm, floats, release} from '../../wasm/kernel';
import {addressOf, memoryOf} from '../../wasm/memory';
import {keptOf} from '../simd/kept';
import {labelKind} from '../simd/label_kinds';
import {drawParameters, SCRATCH_BYTES, type SimdModule, simdModule} from '../simd/module';
import {foldedUpstream, upstreamFactors} from '../upstream';
import {lossAndGradient, scaleRows} from './loss_and_gradient';
import {type ForwardCall, type GradientCall, type HostKernels, registerHostKernels} from './loss_kernels';
import {fusedInPlace} from './wasm_rows';

type Family = 'sigmoid' | 'softmax';

const kernels: HostKernels<BackendWasm> = {
  forward: (family, call) => {
    const {attrs, backend} = call;
    const {rows, classes, differentiable} = attrs;
    const labels = labelsOf(call);
    const module = attrs.fromLogits || family === 'softmax' ? simdModule(memoryOf(backend)) : null;
    if (module == null) return plain(family, labels, call);
    // All memory first: making room may move the heap, and what was looked at in it.
    const losses = backend.makeOutput([rows], 'float32');
    const results = [losses];
    if (differentiable) results.push(backend.makeOutput([rows, classes], 'float32'));
    if (!simd(module, family, labels, call, results)) {
      release(backend, ...results);
      // Looked at anew, as the heap may have moved.
      requireShares(labelsOf(call).values, labels.stride);
    }
    return results;
  },

  fused: (call) => fusedInPlace(call),

  gradient: ({inputs, attrs, backend}) => {
    const {saved, dy} = inputs;
    const out = attrs.last ? shared(saved, backend) : backend.makeOutput(saved.shape, 'float32');
    if (!attrs.last) floats(backend, out).set(floats(backend, saved));
    const factors = upstreamFactors(floats(backend, dy));
    if (factors) scaleInPlace(out, factors, attrs, backend);
    return out;
  },
};

function scaleInPlace(
  out: TensorInfo,
  factors: Float32Array,
  {rows, classes}: GradientCall<BackendWasm>['attrs'],
  backend: BackendWasm,
): void {
  const module = simdModule(memoryOf(backend));
  if (module == null) {
    scaleRows(floats(backend, out), factors, floats(backend, out));
    return;
  }
  const room = backend.makeOutput([rows], 'float32');
  floats(backend, room).set(factors);
  module.scale(addressOf(backend, out), addressOf(backend, room), rows, classes);
  release(backend, room);
}

/** Registers the losses' kernels for the wasm backend, which work in place in its memory. */
export function registerWasmLosses(): void {
  registerHostKernels('wasm', kernels);
}

function labelsOf({inputs, attrs, backend}: ForwardCall<BackendWasm>): HostLabels {
  return hostLabels(attrs, backend.typedArrayFromHeap(inputs.labels) as LabelValues);
}

// False where a label is outside 0 … 1.
function simd(
  module: SimdModule,
  family: Family,
  labels: HostLabels,
  {inputs, attrs, backend}: ForwardCall<BackendWasm>,
  [losses, gradient]: TensorInfo[],
): boolean {
  const kept = keptOf(attrs);
  const index = labels.form === 'index' && inputs.labels.dtype !== 'int32';
  const indices = index ? backend.makeOutput([attrs.rows], 'int32') : null;
  const room = backend.makeOutput([(SCRATCH_BYTES + kept.values.byteLength) / 4], 'int32');
  if (indices) {
    const from = backend.typedArrayFromHeap(inputs.labels);
    backend.typedArrayFromHeap(indices).set(from);
  }
  backend.typedArrayFromHeap(room).set(new Int32Array(kept.values.buffer), SCRATCH_BYTES / 4);
  const fits = module.pass(
    family === 'softmax',
    addressOf(backend, inputs.logits),
    gradient == null ? 0 : addressOf(backend, gradient),
    addressOf(backend, indices ?? inputs.labels),
    labelKind(labels),
    labels.stride,
    addressOf(backend, room) + SCRATCH_BYTES,
    kept.soft,
    addressOf(backend, losses),
    attrs.rows,
    attrs.classes,
    foldedUpstream(attrs.rows),
    addressOf(backend, room),
    ...drawParameters(attrs.beta, 0),
  );
  release(backend, room, ...(indices ? [indices] : []));
  return Boolean(fits);
}

function plain(
  family: Family,
  labels: HostLabels,
  {inputs, attrs, backend}: ForwardCall<BackendWasm>,
): TensorInfo[] {
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
