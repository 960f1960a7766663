import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {WebgpuBackend} from '../../webgpu/run';
import type {GradientCall, LossCall} from '../gpu/loss_call';
import type {GpuKernels} from '../gpu/register_losses';
import type {LossAttrs} from '../registered_pass';
import {elementwise, lossAndStatistics} from './row_statistics';
import {wgslMath} from './wgsl_math';
import {rowAccess} from './wgsl_rows';

// A row is summarized by m, the largest logit of the remaining classes, S = Σ w̃_k e^{z_k − m}, Σ y_j, and D = Σ y_j (m
// − z_j); its loss is D + Σy · log S. Weights stay factors: as logarithms, added to a large logit, they would lose
// their digits. S = 0 if nothing in a row is above −∞; Σ y_j is NaN if a label is outside 0 … 1.
const statistics = `
  const LOWEST = -3.4028234e38;

  fn rowSums(row : i32, lane : i32) -> vec4<f32> {
    let label = rowLabel(row);
    var largest = LOWEST;
    for (var j = lane; j < uniforms.classes; j = j + LANES) {
      let z = logitAt(row, j);
      if (!isnan(z) && weightAt(row, j, labelAt(label, row, j)) > 0.0) { largest = max(largest, z); }
    }
    largest = largestOfLanes(lane, largest);
    var sums = vec4<f32>(0.0);
    if (isPositiveInfinity(largest)) { sums.y = uniforms.NAN; }
    for (var j = lane; j < uniforms.classes; j = j + LANES) {
      let z = logitAt(row, j);
      let y = labelAt(label, row, j);
      let w = weightAt(row, j, y);
      if (isnan(z)) {
        sums.y = uniforms.NAN;
      } else if (w > 0.0) {
        sums.y = sums.y + w * expNegative(z - largest);
      }
      if (!isShare(y)) {
        sums.z = uniforms.NAN;
      } else if (y != 0.0) {
        sums.z = sums.z + y;
        sums.w = sums.w + y * (largest - z);
      }
    }
    sums = sumOfLanes(lane, sums);
    return vec4<f32>(largest, sums.yzw);
  }

  fn statisticOf(row : i32, sums : vec4<f32>, statistic : i32) -> f32 {
    if (statistic == 1) { return sums.x; }
    if (statistic == 2) { return sums.y; }
    let wrong = isnan(sums.z) || !backgroundFits(row);
    if (statistic == 3) { return select(sums.z, uniforms.NAN, wrong); }
    if (wrong || !labelFits(rowLabel(row))) { return uniforms.NAN; }
    if (sums.z == 0.0) { return 0.0; }
    if (sums.y == 0.0 || isnan(sums.y)) { return uniforms.NAN; }
    return sums.w + sums.z * preciseLog(sums.y);
  }
`;

// Row statistics: 0 is the loss, 1 is m, 2 is S, 3 is Σ y.
const gradientCode = `
  fn elementAt(row : i32, j : i32) -> f32 {
    let label = rowLabel(row);
    if (!labelFits(label)) { return uniforms.NAN; }
    let mass = saved[3 * uniforms.rows + row];
    if (isnan(mass)) { return uniforms.NAN; }
    if (mass == 0.0) { return 0.0; }
    let sum = saved[2 * uniforms.rows + row];
    if (sum == 0.0 || isnan(sum)) { return uniforms.NAN; }
    let y = labelAt(label, row, j);
    let w = weightAt(row, j, y);
    var share = 0.0;
    if (w > 0.0) {
      share = w * expNegative(logitAt(row, j) - saved[uniforms.rows + row]) / sum;
    }
    return f32(dy[row]) * (mass * share - y);
  }
`;

/** Losses `[rows]`, and the row statistics loss, m, S and Σ y. */
function forward({inputs, attrs, backend}: LossCall<WebgpuBackend, LossAttrs>): TensorInfo[] {
  const access = rowAccess(backend, attrs);
  return lossAndStatistics(backend, {
    ...access,
    key: `softmax ${access.key}`,
    rows: attrs.rows,
    classes: attrs.classes,
    differentiable: attrs.differentiable,
    count: 4,
    inputs: {...inputs, ...access.inputs},
    code: [wgslMath, access.code, statistics].join('\n'),
  });
}

/** dy_r · (Σy · w̃_j e^{z_j} / Σ_k w̃_k e^{z_k} − y_j), `[rows, C]`. */
function gradient({inputs, attrs, backend}: GradientCall<WebgpuBackend, LossAttrs>): TensorInfo {
  const {logits, labels, dy, saved} = inputs;
  const access = rowAccess(backend, attrs);
  return elementwise(backend, logits.shape, {
    ...access,
    key: `softmax ${access.key}`,
    inputs: {logits, labels, dy, saved, ...access.inputs},
    code: [wgslMath, access.code, gradientCode].join('\n'),
  });
}

export const softmaxKernels: GpuKernels<WebgpuBackend> = {forward, gradient};
