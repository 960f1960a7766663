import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {WebgpuBackend} from '../../webgpu/run';
import type {GradientCall, LossCall} from '../gpu/loss_call';
import type {GpuKernels} from '../gpu/register_losses';
import type {LossAttrs} from '../registered_pass';
import {elementwise, lossAndStatistics} from './row_statistics';
import {wgslElements} from './wgsl_elements';
import {wgslMath} from './wgsl_math';
import {rowAccess} from './wgsl_rows';

// 1 − E(r) of a row, from the sum and the largest of its y_j, as `backgroundShare` in src/labels/host_labels.ts. The
// sum is NaN if a y_j is outside 0 … 1.
const backgroundShare = (column: boolean) =>
  column
    ? `
  fn backgroundOf(row : i32, sum : f32, largest : f32) -> f32 {
    if (!(largest > 0.0)) { return 1.0; }
    return clamp(min(labelAt(0.0, row, uniforms.classes), 1.0 - largest), 0.0, 1.0);
  }
`
    : `
  fn backgroundOf(row : i32, sum : f32, largest : f32) -> f32 { return clamp(1.0 - sum, 0.0, 1.0); }
`;

// Sums for a foreground and a background row at once: E(r) is known only at the row's end.
const statistics = (column: boolean) => `
  ${backgroundShare(column)}

  fn rowSums(row : i32, lane : i32) -> vec4<f32> {
    let label = rowLabel(row);
    var sums = vec4<f32>(0.0);
    var largest = 0.0;
    for (var j = lane; j < uniforms.classes; j = j + LANES) {
      let z = logitAt(row, j);
      let y = labelAt(label, row, j);
      let w = weightAt(row, j, y);
      if (isnan(z)) {
        sums = sums + vec4<f32>(uniforms.NAN, uniforms.NAN, 0.0, 0.0);
      } else {
        let loss = elementLoss(z, y);
        sums = sums + vec4<f32>(select(w * loss, 0.0, w == 0.0), loss, 0.0, 0.0);
      }
      sums.z = sums.z + select(uniforms.NAN, y, isShare(y));
      largest = max(largest, y);
    }
    ${column ? 'largest = largestOfLanes(lane, largest);' : ''}
    return vec4<f32>(sumOfLanes(lane, sums).xyz, largest);
  }

  fn statisticOf(row : i32, sums : vec4<f32>, statistic : i32) -> f32 {
    if (isnan(sums.z) || !backgroundFits(row)) { return uniforms.NAN; }
    let background = backgroundOf(row, sums.z, sums.w);
    if (statistic == 1) { return background; }
    if (!labelFits(rowLabel(row)) || isnan(sums.y)) { return uniforms.NAN; }
    if (background == 0.0) { return sums.x; }
    if (background == 1.0) { return sums.y; }
    return background * sums.y + (1.0 - background) * sums.x;
  }
`;

const gradientCode = (background: string) => `
  fn elementAt(row : i32, j : i32) -> f32 {
    let label = rowLabel(row);
    let z = logitAt(row, j);
    if (!labelFits(label) || isnan(z)) { return uniforms.NAN; }
    let y = labelAt(label, row, j);
    let background = ${background};
    if (isnan(background)) { return uniforms.NAN; }
    let w = background + (1.0 - background) * weightAt(row, j, y);
    if (w == 0.0) { return 0.0; }
    return f32(dy[row]) * w * elementGradient(z, y);
  }
`;

const prelude = ({fromLogits}: LossAttrs, rowCode: string) =>
  [wgslMath, wgslElements(fromLogits), rowCode].join('\n');

/** Losses `[rows]`, and the row statistics loss and 1 − E(r). */
function forward({inputs, attrs, backend}: LossCall<WebgpuBackend, LossAttrs>): TensorInfo[] {
  const access = rowAccess(backend, attrs);
  return lossAndStatistics(backend, {
    ...access,
    key: `sigmoid ${attrs.fromLogits} ${access.key}`,
    rows: attrs.rows,
    classes: attrs.classes,
    differentiable: attrs.differentiable,
    // With integer labels the gradient recognizes background by itself.
    count: attrs.form === 'index' ? 1 : 2,
    inputs: {...inputs, ...access.inputs},
    code: [prelude(attrs, access.code), statistics(attrs.form === 'multiHotWithBackground')].join('\n'),
  });
}

/** dy_r · w_j · ∂BCE/∂z, `[rows, C]`. */
function gradient({inputs, attrs, backend}: GradientCall<WebgpuBackend, LossAttrs>): TensorInfo {
  const {logits, labels, dy, saved} = inputs;
  const access = rowAccess(backend, attrs);
  const index = attrs.form === 'index';
  const background = index ? 'select(1.0, 0.0, label < f32(uniforms.classes))' : 'saved[uniforms.rows + row]';
  return elementwise(backend, logits.shape, {
    ...access,
    key: `sigmoid ${attrs.fromLogits} ${access.key}`,
    inputs: {logits, labels, dy, ...(index ? {} : {saved}), ...access.inputs},
    code: [prelude(attrs, access.code), gradientCode(background)].join('\n'),
  });
}

export const sigmoidKernels: GpuKernels<WebgpuBackend> = {forward, gradient};
