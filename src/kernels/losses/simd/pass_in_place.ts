import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {HostLabels} from '../../../labels/host_labels';
import {requireShares} from '../../../labels/label_values';
import {type BackendWasm, floats, release} from '../../wasm/kernel';
import {addressOf, memoryOf} from '../../wasm/memory';
import {heapLabels} from '../host/heap_labels';
import type {ForwardCall} from '../host/loss_kernels';
import {foldedUpstream} from '../upstream';
import {keptOf} from './kept';
import {labelKind} from './label_kinds';
import {drawParameters, SCRATCH_BYTES, type SimdModule, simdModule} from './module';

/**
 * Runs a pass in the memory of tfjs's wasm backend. Null if the engine has no SIMD.
 *
 * @throws ValueError for labels with columns that hold values outside 0 … 1.
 */
export function passInPlace(
  family: 'sigmoid' | 'softmax',
  call: ForwardCall<BackendWasm>,
): TensorInfo[] | null {
  const {inputs, attrs, backend} = call;
  const {rows, classes, differentiable} = attrs;
  const module = simdModule(memoryOf(backend));
  if (module == null) return null;
  const labels = heapLabels(backend, inputs.labels, attrs);
  // Allocate everything first: growing the heap detaches views.
  const losses = backend.makeOutput([rows], 'float32');
  const results = [losses];
  if (differentiable) results.push(backend.makeOutput([rows, classes], 'float32'));
  if (!run(module, family, labels, call, results)) {
    release(backend, ...results);
    // View the labels again, as the heap may have moved.
    requireShares(heapLabels(backend, inputs.labels, attrs).values, labels.stride);
  }
  return results;
}

/** Multiplies each row of `[rows, columns]` in the backend's memory by its factor. False if the engine has no SIMD. */
export function scaleInPlace(
  values: TensorInfo,
  factors: Float32Array,
  rows: number,
  columns: number,
  backend: BackendWasm,
): boolean {
  const module = simdModule(memoryOf(backend));
  if (module == null) return false;
  const room = backend.makeOutput([rows], 'float32');
  floats(backend, room).set(factors);
  module.scale(addressOf(backend, values), addressOf(backend, room), rows, columns);
  release(backend, room);
  return true;
}

// Returns false if a label is outside 0 … 1.
function run(
  module: SimdModule,
  family: 'sigmoid' | 'softmax',
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
