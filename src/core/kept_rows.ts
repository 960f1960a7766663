import type {Tensor, TypedArray} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from './errors';
import {onHostBackend} from './host_backend';

/**
 * The rows of a tensor over batches, concatenated. They are arrays if JavaScript reads the backend's memory; otherwise
 * they stay on the backend, as reading would stall it.
 */
export class KeptRows {
  private readonly batches: (TypedArray | Tensor)[] = [];
  private readonly rowShape: readonly number[];
  private readonly dtype: tfc.DataType;
  private rows = 0;

  /**
   * @param like A batch, which is not kept.
   * @throws ValueError for a scalar, which has no rows.
   */
  constructor(like: Tensor) {
    if (like.rank === 0) reject('statistics()', 'tensors of rows', like);
    this.rowShape = like.shape.slice(1);
    this.dtype = like.dtype;
  }

  /** Adds a batch that fits. */
  push(batch: Tensor): void {
    this.rows += batch.shape[0];
    this.batches.push(onHostBackend() ? batch.dataSync().slice() : tfc.keep(tfc.clone(batch)));
  }

  /** Returns all rows as a tensor owned by the caller. Call inside a `tf.tidy`. */
  tensor(): Tensor {
    const shape = [this.rows, ...this.rowShape];
    const parts = this.batches.map((part) => (part instanceof tfc.Tensor ? part.dataSync() : part));
    if (parts.length === 1) return tfc.tensor(parts[0].slice(), shape, this.dtype);
    const all = emptyLike(parts[0], tfc.util.sizeFromShape(shape));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return tfc.tensor(all, shape, this.dtype);
  }

  /** Whether a batch's rows have the shape and dtype of those before. */
  fits({shape, dtype}: Tensor): boolean {
    return (
      dtype === this.dtype && shape.length > 0 && tfc.util.arraysEqual(shape.slice(1), [...this.rowShape])
    );
  }

  /** The shape of the rows, for messages. */
  get shape(): readonly (number | string)[] {
    return ['rows', ...this.rowShape];
  }

  dispose(): void {
    for (const part of this.batches) if (part instanceof tfc.Tensor) part.dispose();
    this.batches.length = 0;
  }
}

function emptyLike(values: TypedArray, size: number): TypedArray {
  if (values instanceof Int32Array) return new Int32Array(size);
  return values instanceof Uint8Array ? new Uint8Array(size) : new Float32Array(size);
}
