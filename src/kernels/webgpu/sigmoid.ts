import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {GradientCall, LossCall} from '../gpu/loss_call';
import type {FamilyKernels} from '../gpu/register_losses';
import type {LossAttrs} from '../registered_pass';
import {elementwise, lossAndStatistics} from './row_statistics';
import type {WebgpuBackend} from './run';
import {wgslElements} from './wgsl_elements';
import {wgslMath} from './wgsl_math';
import {rowAccess} from './wgsl_rows';

// The sums are taken for a foreground and for a background row at once: which one it is shows at the row's end.
const statistics = `
  fn rowSums(row : i32, lane : i32) -> vec4<f32> {
    let label = rowLabel(row);
    var sums = vec4<f32>(0.0);
    for (var j = lane; j < uniforms.classes; j = j + LANES) {
      let z = logits[row * uniforms.classes + j];
      let y = labelAt(label, row, j);
      let w = weightAt(row, j, y);
      if (isnan(z)) {
        sums = sums + vec4<f32>(uniforms.NAN, uniforms.NAN, 0.0, 0.0);
      } else {
        let loss = elementLoss(z, y);
        sums = sums + vec4<f32>(select(w * loss, 0.0, w == 0.0), loss, 0.0, 0.0);
      }
      if (y > 0.0) { sums.z = sums.z + 1.0; }
    }
    return sumOfLanes(lane, sums);
  }

  fn statisticOf(row : i32, sums : vec4<f32>, statistic : i32) -> f32 {
    if (statistic == 1) { return sums.z; }
    if (!labelFits(rowLabel(row)) || isnan(sums.y)) { return uniforms.NAN; }
    return select(sums.y, sums.x, sums.z > 0.0);
  }
`;

const gradientCode = (foreground: string) => `
  fn elementAt(row : i32, j : i32) -> f32 {
    let label = rowLabel(row);
    let z = logits[row * uniforms.classes + j];
    if (!labelFits(label) || isnan(z)) { return uniforms.NAN; }
    let y = labelAt(label, row, j);
    var w = 1.0;
    if (${foreground}) { w = weightAt(row, j, y); }
    if (w == 0.0) { return 0.0; }
    return dy[row] * w * elementGradient(z, y);
  }
`;

const prelude = ({fromLogits}: LossAttrs, rowCode: string) =>
  [wgslMath, wgslElements(fromLogits), rowCode].join('\n');

/** Losses `[rows]`, and the row statistics loss and number of positive labels. */
function forward({inputs, attrs, backend}: LossCall<WebgpuBackend>): TensorInfo[] {
  const access = rowAccess(backend, attrs);
  return lossAndStatistics(backend, {
    ...access,
    key: `sigmoid ${attrs.fromLogits} ${access.key}`,
    rows: attrs.rows,
    classes: attrs.classes,
    differentiable: attrs.differentiable,
    // The gradient tells foreground by an integer label itself.
    count: attrs.form === 'index' ? 1 : 2,
    inputs: {...inputs, ...access.inputs},
    code: [prelude(attrs, access.code), statistics].join('\n'),
  });
}

/** dy_r · w_j · ∂BCE/∂z, `[rows, C]`. */
function gradient({inputs, attrs, backend}: GradientCall<WebgpuBackend>): TensorInfo {
  const {logits, labels, dy, saved} = inputs;
  const access = rowAccess(backend, attrs);
  const index = attrs.form === 'index';
  const foreground = index ? 'label < f32(uniforms.classes)' : 'saved[uniforms.rows + row] > 0.0';
  return elementwise(backend, logits.shape, {
    ...access,
    key: `sigmoid ${attrs.fromLogits} ${access.key}`,
    inputs: {logits, labels, dy, ...(index ? {} : {saved}), ...access.inputs},
    code: [prelude(attrs, access.code), gradientCode(foreground)].join('\n'),
  });
}

export const sigmoidKernels: FamilyKernels<WebgpuBackend> = {forward, gradient};
