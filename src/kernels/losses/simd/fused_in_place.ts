import type {TensorInfo} from '@tensorflow/tfjs-core';
import {type BackendWasm, floats, release} from '../../wasm/kernel';
import {addressOf, memoryOf} from '../../wasm/memory';
import {heapLabels} from '../host/heap_labels';
import type {FusedCall} from '../host/loss_kernels';
import {foldedUpstream} from '../upstream';
import type {FusedAttrs} from './fused_attrs';
import {labelKind} from './label_kinds';
import {ROWS_SCRATCH_BYTES, type SimdModule, simdModule} from './module';
import {redoRows} from './redo_rows';
import {FORMULAS, readSums, tableBytes, wholeVectors, writeTable} from './row_table';

type Call = FusedCall<BackendWasm>;

/** Computes fused rows in the memory of tfjs's wasm backend. */
export function fusedInPlace(call: Call): TensorInfo[] {
  const {inputs, attrs, backend} = call;
  // Reject wrong labels before anything is allocated.
  heapLabels(backend, inputs.labels, attrs.labels);
  // Allocate everything first: growing the heap detaches views.
  const results = [backend.makeOutput([attrs.labels.rows], 'float32')];
  if (attrs.differentiable) results.push(backend.makeOutput(inputs.logits.shape, 'float32'));
  run(call, results);
  try {
    const [losses, out] = results.map((result) => floats(backend, result));
    const scale = foldedUpstream(attrs.labels.rows);
    const labels = heapLabels(backend, inputs.labels, attrs.labels);
    redoRows(attrs, floats(backend, inputs.logits), labels, scale, losses, out);
  } catch (error) {
    release(backend, ...results);
    throw error;
  }
  return results;
}

function run({inputs, attrs, backend}: Call, [losses, out]: TensorInfo[]): void {
  const {rows, classes, form} = attrs.labels;
  const index = form === 'index' && inputs.labels.dtype !== 'int32';
  const indices = index ? backend.makeOutput([rows], 'int32') : null;
  const room = backend.makeOutput([Math.ceil(roomBytes(attrs) / 4)], 'int32');
  const labels = heapLabels(backend, inputs.labels, attrs.labels);
  if (indices) backend.typedArrayFromHeap(indices).set(labels.values);
  const {buffer} = memoryOf(backend);
  // float64 has to be aligned.
  const tableAt = 8 * Math.ceil(addressOf(backend, room) / 8);
  const scratchAt = tableAt + tableBytes(attrs.table);
  writeTable(attrs.table, buffer, tableAt);
  (simdModule(memoryOf(backend)) as SimdModule).rows(
    FORMULAS[attrs.table.formula],
    addressOf(backend, inputs.logits),
    out == null ? 0 : addressOf(backend, out),
    attrs.width,
    addressOf(backend, indices ?? inputs.labels),
    labelKind(labels),
    labels.stride,
    addressOf(backend, losses),
    rows,
    classes,
    foldedUpstream(rows),
    tableAt,
    scratchAt,
    scratchAt + ROWS_SCRATCH_BYTES,
    0,
  );
  readSums(attrs.table, buffer, tableAt);
  release(backend, room, ...(indices ? [indices] : []));
}

function roomBytes({table, labels}: FusedAttrs): number {
  return 8 + tableBytes(table) + ROWS_SCRATCH_BYTES + 12 * (wholeVectors(labels.classes) + 4);
}
