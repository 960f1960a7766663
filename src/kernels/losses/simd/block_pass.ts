import type {HostLabels} from '../../../labels/host_labels';
import {requireShares} from '../../../labels/label_values';
import type {LossAndGradient} from '../host/loss_and_gradient';
import type {Suppression} from '../suppression';
import {keptOf} from './kept';
import {labelKind} from './label_kinds';
import {drawParameters, SCRATCH_BYTES, simdModule} from './module';

/** Logits per block: as many as fit a CPU's second-level cache along with their gradient. */
export const BLOCK_ELEMENTS = 32768;
/** Pages kept for the next call; larger blocks, for longer rows, are released. */
const STANDING_PAGES = 16;
const PAGE = 65536;
const MOST_PAGES = 65536;
// Not 0, which would mean that all classes count.
const KEPT_AT = SCRATCH_BYTES;

let standing: WebAssembly.Memory | undefined;

/** Returns memory for a separate module; it may hold data from an earlier call. */
export function memoryOf(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  if (pages > STANDING_PAGES) return new WebAssembly.Memory({initial: pages, maximum: MOST_PAGES});
  standing ??= new WebAssembly.Memory({initial: STANDING_PAGES, maximum: MOST_PAGES});
  return standing;
}

/**
 * Runs a pass over memory outside WebAssembly, in blocks of whole rows that are copied into a small memory of the
 * module and back. Null if the engine has no SIMD.
 *
 * @param scale Factor of the gradient.
 * @param out Receives the gradient `[rows, C]`, if wanted; may be `z` itself.
 * @throws ValueError for labels with columns that hold values outside 0 … 1.
 */
export function blockPass(
  family: 'sigmoid' | 'softmax',
  z: Float32Array,
  labels: HostLabels,
  suppression: Suppression,
  scale: number,
  out?: Float32Array,
): LossAndGradient | null {
  const {rows, classes, stride, values} = labels;
  const kept = keptOf(suppression);
  const perBlock = Math.min(Math.max(1, Math.floor(BLOCK_ELEMENTS / classes)), Math.max(rows, 1));
  const index = labels.form === 'index';
  const labelBytes = index ? 4 : values.BYTES_PER_ELEMENT;

  // k_j first, as float64 has to be aligned.
  const zAt = KEPT_AT + kept.values.byteLength;
  const outAt = zAt + 4 * perBlock * classes;
  const lossesAt = outAt + 4 * perBlock * classes;
  const labelsAt = lossesAt + 4 * perBlock;
  const memory = memoryOf(labelsAt + labelBytes * perBlock * stride);
  const module = simdModule(memory);
  if (module == null) return null;

  const {buffer} = memory;
  new Uint8Array(buffer).set(new Uint8Array(kept.values.buffer), KEPT_AT);
  const zBlock = new Float32Array(buffer, zAt, perBlock * classes);
  const outBlock = new Float32Array(buffer, outAt, perBlock * classes);
  const lossBlock = new Float32Array(buffer, lossesAt, perBlock);
  const Labels = index ? Int32Array : (values.constructor as Int32ArrayConstructor);
  const labelBlock = new Labels(buffer, labelsAt, perBlock * stride);

  const losses = new Float32Array(rows);
  for (let row = 0; row < rows; row += perBlock) {
    const count = Math.min(perBlock, rows - row);
    const [from, to] = [row * classes, (row + count) * classes];
    zBlock.set(z.subarray(from, to));
    labelBlock.set(values.subarray(row * stride, (row + count) * stride));
    const fits = module.pass(
      family === 'softmax',
      zAt,
      out == null ? 0 : outAt,
      labelsAt,
      labelKind(labels),
      stride,
      KEPT_AT,
      kept.soft,
      lossesAt,
      count,
      classes,
      scale,
      0,
      ...drawParameters(suppression.beta, from),
    );
    if (!fits) requireShares(values, stride);
    losses.set(lossBlock.subarray(0, count), row);
    out?.set(outBlock.subarray(0, to - from), from);
  }
  return {losses, gradient: out};
}
