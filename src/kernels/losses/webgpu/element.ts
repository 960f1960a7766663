import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {Shader, Uniform, WebgpuBackend} from '../../webgpu/run';
import type {GradientCall, LossCall} from '../gpu/loss_call';
import type {GpuKernels} from '../gpu/register_losses';
import type {ElementAttrs} from '../registered_pass';
import {elementwise, lossAndStatistics} from './row_statistics';
import {wgslMath} from './wgsl_math';
import {labelAccess} from './wgsl_rows';

// Σ f of a row; NaN if one of its labels is outside 0 … 1.
const statistics = `
  fn rowSums(row : i32, lane : i32) -> vec4<f32> {
    let label = rowLabel(row);
    var sums = vec4<f32>(0.0);
    for (var j = lane; j < uniforms.classes; j = j + LANES) {
      let z = logitAt(row, j);
      let y = labelAt(label, row, j);
      if (isnan(z)) { sums.x = uniforms.NAN; } else { sums.x = sums.x + element(z, y).x; }
      if (!isShare(y)) { sums.y = uniforms.NAN; }
    }
    return sumOfLanes(lane, sums);
  }

  fn statisticOf(row : i32, sums : vec4<f32>, statistic : i32) -> f32 {
    if (isnan(sums.y) || !backgroundFits(row) || !labelFits(rowLabel(row))) { return uniforms.NAN; }
    return select(0.0, sums.x, statistic == 0);
  }
`;

const gradientCode = (labelsFit: string) => `
  fn elementAt(row : i32, j : i32) -> f32 {
    let label = rowLabel(row);
    let z = logitAt(row, j);
    if (!(${labelsFit}) || isnan(z)) { return uniforms.NAN; }
    return f32(dy[row]) * element(z, labelAt(label, row, j)).y;
  }
`;

function accessOf(attrs: ElementAttrs): Pick<Shader, 'key' | 'uniforms' | 'code'> {
  const labels = labelAccess(attrs);
  const scalars = Object.entries(attrs.scalars).map(
    ([name, value]): Uniform => ({name, type: 'f32', value: [value]}),
  );
  return {
    // Part of the key is the code itself, as users' losses may share a name.
    key: `element ${labels.key} ${attrs.wgsl}`,
    uniforms: [...labels.uniforms, ...scalars],
    code: [wgslMath, labels.code, attrs.wgsl].join('\n'),
  };
}

/** Losses `[rows]`, and the row statistics: the loss and, for labels with columns, NaN if one is outside 0 … 1. */
function forward({inputs, attrs, backend}: LossCall<WebgpuBackend, ElementAttrs>): TensorInfo[] {
  const {form, rows, classes, differentiable} = attrs;
  const access = accessOf(attrs);
  return lossAndStatistics(backend, {
    ...access,
    rows,
    classes,
    differentiable,
    count: form === 'index' ? 1 : 2,
    inputs,
    code: [access.code, statistics].join('\n'),
  });
}

/** dy_r · ∂f/∂z, `[rows, C]`. */
function gradient({inputs, attrs, backend}: GradientCall<WebgpuBackend, ElementAttrs>): TensorInfo {
  const {logits, labels, dy, saved} = inputs;
  const access = accessOf(attrs);
  const index = attrs.form === 'index';
  const labelsFit = index ? 'labelFits(label)' : '!isnan(saved[uniforms.rows + row])';
  return elementwise(backend, logits.shape, {
    ...access,
    inputs: {logits, labels, dy, ...(index ? {} : {saved})},
    code: [access.code, gradientCode(labelsFit)].join('\n'),
  });
}

/** The kernels of losses that are sums over classes. */
export const elementKernels: GpuKernels<WebgpuBackend, ElementAttrs> = {forward, gradient};
