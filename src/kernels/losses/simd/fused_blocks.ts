import {hostLabels, type LabelValues} from '../../../labels/host_labels';
import {foldedUpstream} from '../upstream';
import {BLOCK_ELEMENTS, memoryOf} from './block_pass';
import type {FusedAttrs} from './fused_attrs';
import {labelKind} from './label_kinds';
import {ROWS_SCRATCH_BYTES, type SimdModule, simdModule} from './module';
import {redoRows} from './redo_rows';
import {FORMULAS, readSums, tableBytes, wholeVectors, writeTable} from './row_table';

/**
 * Computes the losses `[rows]` of fused rows in memory outside WebAssembly, in blocks of whole rows.
 *
 * @param out Receives the gradient `[rows, width]`, scaled by `foldedUpstream`, if wanted.
 * @throws ValueError for labels outside 0 … C, or with columns that hold values outside 0 … 1.
 */
export function fusedBlocks(
  attrs: FusedAttrs,
  z: Float32Array,
  values: LabelValues,
  out?: Float32Array,
): Float32Array {
  const {table, width} = attrs;
  const labels = hostLabels(attrs.labels, values);
  const {rows, classes, stride} = labels;
  const perBlock = Math.min(Math.max(1, Math.floor(BLOCK_ELEMENTS / width)), Math.max(rows, 1));
  const index = labels.form === 'index';
  const labelBytes = index ? 4 : values.BYTES_PER_ELEMENT;

  // The table first, as float64 has to be aligned. Nothing is placed at 0, which would mean absent.
  const tableAt = 8;
  const scratchAt = tableAt + tableBytes(table);
  const spareAt = scratchAt + ROWS_SCRATCH_BYTES;
  const zAt = spareAt + 12 * (wholeVectors(classes) + 4);
  const outAt = zAt + 4 * perBlock * width;
  const lossesAt = outAt + 4 * perBlock * width;
  const labelsAt = lossesAt + 4 * perBlock;
  const memory = memoryOf(labelsAt + labelBytes * perBlock * stride);
  const module = simdModule(memory) as SimdModule;

  const {buffer} = memory;
  writeTable(table, buffer, tableAt);
  const zBlock = new Float32Array(buffer, zAt, perBlock * width);
  const outBlock = new Float32Array(buffer, outAt, perBlock * width);
  const lossBlock = new Float32Array(buffer, lossesAt, perBlock);
  const BlockLabels = index ? Int32Array : (values.constructor as Int32ArrayConstructor);
  const labelBlock = new BlockLabels(buffer, labelsAt, perBlock * stride);

  const scale = foldedUpstream(rows);
  const losses = new Float32Array(rows);
  for (let row = 0; row < rows; row += perBlock) {
    const count = Math.min(perBlock, rows - row);
    const [from, to] = [row * width, (row + count) * width];
    zBlock.set(z.subarray(from, to));
    labelBlock.set(values.subarray(row * stride, (row + count) * stride));
    module.rows(
      FORMULAS[table.formula],
      zAt,
      out == null ? 0 : outAt,
      width,
      labelsAt,
      labelKind(labels),
      stride,
      lossesAt,
      count,
      classes,
      scale,
      tableAt,
      scratchAt,
      spareAt,
      row,
    );
    losses.set(lossBlock.subarray(0, count), row);
    out?.set(outBlock.subarray(0, to - from), from);
  }
  readSums(table, buffer, tableAt);
  redoRows(attrs, z, labels, scale, losses, out);
  return losses;
}
