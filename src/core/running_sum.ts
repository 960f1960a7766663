import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {onHostBackend} from './host_backend';

/**
 * The sum of a tensor over batches. It is a float64 array if JavaScript reads the backend's memory, so that counts stay
 * exact beyond float32's 2²⁴; otherwise it stays on the backend, as reading would stall it.
 */
export class RunningSum {
  private constructor(
    private readonly sum: Float64Array | Tensor,
    /** The shape of every batch. */
    readonly shape: readonly number[],
    private readonly dtype: 'float32' | 'int32',
  ) {}

  /**
   * Adds a batch to `before`, in separate memory. Call inside a `tf.tidy`.
   *
   * @param batch A number tensor of the same shape as those before.
   */
  static of(batch: Tensor, before?: RunningSum): RunningSum {
    const {shape} = batch;
    const isWhole = batch.dtype !== 'float32' && before?.dtype !== 'float32';
    const dtype = isWhole ? 'int32' : 'float32';
    if (onHostBackend()) {
      const added = batch.dataSync();
      const sums = before?.onHost();
      return new RunningSum(
        Float64Array.from(added, (x, i) => x + (sums ? sums[i] : 0)),
        shape,
        dtype,
      );
    }
    const sum = before ? tfc.add(batch, before.tensor()) : tfc.clone(batch);
    return new RunningSum(tfc.keep(sum), shape, dtype);
  }

  /** Returns it as a tensor of the current backend, owned by the caller. Call inside a `tf.tidy`. */
  tensor(): Tensor {
    const {sum, shape, dtype} = this;
    return sum instanceof tfc.Tensor
      ? tfc.clone(sum)
      : tfc.tensor(dtype === 'int32' ? Int32Array.from(sum) : Float32Array.from(sum), [...shape], dtype);
  }

  /** Whether a batch has the shape of those before. */
  fits({shape}: Tensor): boolean {
    return tfc.util.arraysEqual(shape, [...this.shape]);
  }

  dispose(): void {
    if (this.sum instanceof tfc.Tensor) this.sum.dispose();
  }

  private onHost(): ArrayLike<number> {
    return this.sum instanceof tfc.Tensor ? this.sum.dataSync() : this.sum;
  }
}
