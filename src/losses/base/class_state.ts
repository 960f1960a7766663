import type {Tensor1D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject, ValueError} from '../../core/errors';

/**
 * A number for each class, which training adds to. On backends whose memory JavaScript reads it is kept in float64
 * outside of them; on WebGL and WebGPU in a float32 tensor of the backend, one as long as the loss lives, so that
 * training never waits for the GPU. It follows a change of backend.
 */
export class ClassState {
  /** Undefined while only the tensor holds the numbers, and until they are requested. */
  private known?: Float64Array;
  private tensor?: Tensor1D;
  private isOnWebGPU = false;

  /** Allocates nothing until it is read: a file may claim any number of classes. */
  constructor(private readonly classes: number) {}

  private get values(): Float64Array | undefined {
    if (!this.tensor) this.known ??= new Float64Array(this.classes);
    return this.known;
  }

  /** The numbers, for backends whose memory JavaScript reads. Do not write to them. */
  onHost(): Float64Array {
    const values = this.values ?? this.readNow();
    if (this.tensor) this.set(values);
    return values;
  }

  /** The numbers as a tensor `[C]` of the current backend, owned by this object. */
  onDevice(): Tensor1D {
    this.tensor ??= tfc.keep(tfc.tensor1d(Float32Array.from(this.values as Float64Array)));
    return this.tensor;
  }

  /** Sets new numbers. A tensor is kept, and the previous one is disposed of. */
  set(next: Float64Array | Tensor1D): void {
    this.tensor?.dispose();
    const isTensor = next instanceof tfc.Tensor;
    this.tensor = isTensor ? tfc.keep(next) : undefined;
    this.known = isTensor ? undefined : next;
    this.isOnWebGPU = isTensor && tfc.getBackend() === 'webgpu';
  }

  /** Waits until the present numbers are in memory, where the other methods find them. */
  async read(): Promise<void> {
    const {tensor, values} = this;
    if (values || !tensor) return;
    // Training may dispose of the tensor before the result arrives.
    const held = tfc.keep(tfc.clone(tensor));
    const numbers = Float64Array.from(await held.data());
    held.dispose();
    if (tensor === this.tensor) this.known = numbers;
  }

  /**
   * The numbers as JSON. On WebGL, waits for them.
   *
   * @throws ValueError on WebGPU, unless `read` was awaited first.
   */
  toJSON(): number[] {
    return Array.from(this.values ?? this.readNow());
  }

  /**
   * Restores what `toJSON` returned.
   *
   * @throws ValueError unless it is one finite number ≥ 0 per class.
   */
  restore(name: string, json: unknown): void {
    const valid =
      Array.isArray(json) &&
      json.length === this.classes &&
      json.every((value) => Number.isFinite(value) && value >= 0);
    if (!valid) reject(name, `${this.classes} finite numbers ≥ 0`, json);
    this.set(Float64Array.from(json as number[]));
  }

  private readNow(): Float64Array {
    // tfjs would read from WebGPU through a canvas, which gives zeros in some browsers.
    if (this.isOnWebGPU) {
      throw new ValueError(
        'The state of a loss on WebGPU cannot be read synchronously. Expected `await loss.readState()` before its ' +
          'state is requested, or the backend changes. `model.save` does so by itself.',
      );
    }
    return Float64Array.from((this.tensor as Tensor1D).dataSync());
  }
}
