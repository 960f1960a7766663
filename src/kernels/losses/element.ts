import type {Labels} from '../../labels/labels';
import {ELEMENT} from './kernel_names';
import type {LossPass} from './loss_op';
import {hasKernels, kernelPass} from './registered_pass';

/**
 * f(z_j, y_j; P) of a loss that is a sum over classes, written three times: in JavaScript, GLSL and WGSL. Each returns
 * the loss and its derivative with respect to z together.
 *
 * Shaders are given functions where float32 loses digits: `expNegAbs(x)` is e^−|x|, `log1p(x)` is log(1 + x) for x in
 * −½ … 1, `preciseLog(x)` keeps its digits near 1, and `power(x, exponent)` is for x in 0 … 1, with 0⁰ = 1. They are
 * called with labels in 0 … 1 and logits that are not NaN.
 */
export interface LossElement<P> {
  /**
   * In float64, for cpu, wasm and tfjs-node.
   *
   * @param out Receives `[f, ∂f/∂z]`.
   */
  js(z: number, y: number, p: P, out: Float64Array): void;
  /** The numbers that the shaders read, by their names in the code. */
  scalars(p: P): Record<string, number>;
  /** GLSL ES 3.00 of `vec2 element(float z, float y)`, which returns f and ∂f/∂z; it reads a scalar as `gamma`. */
  glsl: string;
  /** WGSL of `fn element(z : f32, y : f32) -> vec2<f32>`; it reads a scalar as `uniforms.gamma`. */
  wgsl: string;
}

/** Computes the loss of a row, as a formula's `row` does. */
export function elementRow<P>({js}: LossElement<P>) {
  const out = new Float64Array(2);
  return (z: Float64Array, y: Float64Array, p: P, slope: Float64Array | null): number => {
    let sum = 0;
    for (let j = 0; j < y.length; ++j) {
      js(z[j], y[j], p, out);
      sum += out[0];
      if (slope) slope[j] = out[1];
    }
    return sum;
  };
}

/** The fused pass of the current backend; null if it has no shaders. */
export function elementPass<P>(element: LossElement<P>, labels: Labels, p: P): LossPass | null {
  if (!hasKernels(ELEMENT)) return null;
  const {glsl, wgsl} = element;
  return kernelPass(ELEMENT, labels, {glsl, wgsl, scalars: element.scalars(p)});
}
