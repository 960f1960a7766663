import type {Tensor1D} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../../core/errors';

/**
 * A number for each class that training adds to. On backends whose memory JavaScript reads it lies in float64 outside
 * of them; on WebGL and WebGPU in a float32 tensor of the backend, one for as long as the loss lives, so that training
 * never waits for the GPU. It follows a change of backends.
 */
export class ClassState {
  private known?: Float64Array;
  private tensor?: Tensor1D;

  /** Takes no memory until it is read: a file may say any number of classes. */
  constructor(private readonly classes: number) {}

  private get values(): Float64Array {
    this.known ??= new Float64Array(this.classes);
    return this.known;
  }

  /** The numbers, for backends whose memory JavaScript reads. Do not write to them. */
  onHost(): Float64Array {
    if (this.tensor) this.set(Float64Array.from(this.tensor.dataSync()));
    return this.values;
  }

  /** The numbers as a tensor `[C]` of the current backend, which belongs to this object. */
  onDevice(): Tensor1D {
    this.tensor ??= tfc.keep(tfc.tensor1d(Float32Array.from(this.values)));
    return this.tensor;
  }

  /** Takes new numbers. A tensor is kept, and the one before is disposed of. */
  set(next: Float64Array | Tensor1D): void {
    this.tensor?.dispose();
    this.tensor = next instanceof tfc.Tensor ? tfc.keep(next) : undefined;
    if (!(next instanceof tfc.Tensor)) this.known = next;
  }

  /** The numbers as JSON. On a GPU it waits for them. */
  toJSON(): number[] {
    return Array.from(this.tensor ? this.tensor.dataSync() : this.values);
  }

  /**
   * Takes what `toJSON` gave.
   *
   * @throws ValueError unless it is one finite number ≥ 0 for each class.
   */
  restore(name: string, json: unknown): void {
    const valid =
      Array.isArray(json) &&
      json.length === this.classes &&
      json.every((value) => Number.isFinite(value) && value >= 0);
    if (!valid) reject(name, `${this.classes} finite numbers ≥ 0`, json);
    this.set(Float64Array.from(json as number[]));
  }
}
