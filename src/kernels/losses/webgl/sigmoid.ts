import type {TensorInfo} from '@tensorflow/tfjs-core';
import {elementwise} from '../../webgl/elementwise';
import type {WebglBackend} from '../../webgl/run';
import type {GradientCall, LossCall} from '../gpu/loss_call';
import type {GpuKernels} from '../gpu/register_losses';
import type {LossAttrs} from '../registered_pass';
import {glslElements} from './glsl_elements';
import {glslMath} from './glsl_math';
import {rowAccess} from './glsl_rows';
import {lossAndStatistics} from './row_statistics';

// 1 − E(r) of a row, from the sum and the largest of its y_j, as `backgroundShare` in src/labels/host_labels.ts. The
// sum is NaN if a y_j is outside 0 … 1.
const backgroundShare = (column: boolean) =>
  column
    ? `
  float backgroundOf(int row, float sum, float largest) {
    return largest > 0.0 ? clamp(min(labelAt(0.0, row, CLASSES), 1.0 - largest), 0.0, 1.0) : 1.0;
  }
`
    : `
  float backgroundOf(int row, float sum, float largest) { return clamp(1.0 - sum, 0.0, 1.0); }
`;

// Sums for a foreground and a background row at once: E(r) is known only at the row's end.
const partial = `
  vec4 partialOf(int row, int first, int end) {
    float label = rowLabel(row);
    vec4 sums = vec4(0.0);
    for (int j = first; j < end; ++j) {
      float z = logitsAt(row, j);
      float y = labelAt(label, row, j);
      float w = weightAt(row, j, y);
      float loss = notANumber(z) ? NAN : elementLoss(z, y);
      sums.xyz += vec3(w == 0.0 && !notANumber(z) ? 0.0 : w * loss, loss, isShare(y) ? y : NAN);
      sums.w = max(sums.w, y);
    }
    return sums;
  }
`;

const statistic = (column: boolean) => `
  ${backgroundShare(column)}
  float statisticOf(int row, int statistic) {
    vec4 sums = vec4(0.0);
    for (int part = 0; part < PARTS; ++part) {
      vec4 values = partAt(row, part);
      sums.xyz += values.xyz;
      sums.w = max(sums.w, values.w);
    }
    if (notANumber(sums.z) || !backgroundFits(row)) return NAN;
    float background = backgroundOf(row, sums.z, sums.w);
    if (statistic == 1) return background;
    if (!labelFits(rowLabel(row)) || notANumber(sums.y)) return NAN;
    if (background == 0.0) return sums.x;
    return background == 1.0 ? sums.y : background * sums.y + (1.0 - background) * sums.x;
  }
`;

const gradientCode = (background: string) => `
  float elementAt(int row, int j) {
    float label = rowLabel(row);
    float z = logitsAt(row, j);
    if (!labelFits(label) || notANumber(z)) return NAN;
    float y = labelAt(label, row, j);
    float background = ${background};
    if (notANumber(background)) return NAN;
    float w = background + (1.0 - background) * weightAt(row, j, y);
    return w == 0.0 ? 0.0 : dyAt(row) * w * elementGradient(z, y);
  }
`;

const prelude = ({fromLogits}: LossAttrs, rowCode: string) =>
  [glslMath, glslElements(fromLogits), rowCode].join('\n');

/** Losses `[rows]`, and the row statistics loss and 1 − E(r). */
function forward({inputs, attrs, backend}: LossCall<WebglBackend, LossAttrs>): TensorInfo[] {
  const {rows, classes} = attrs;
  const access = rowAccess(backend, attrs);
  return lossAndStatistics(backend, {
    rows,
    classes,
    differentiable: attrs.differentiable,
    // With integer labels the gradient recognizes background by itself.
    count: attrs.form === 'index' ? 1 : 2,
    inputs: {...inputs, ...access.inputs},
    uniforms: access.uniforms,
    prelude: prelude(attrs, access.code),
    partial,
    statistic: statistic(attrs.form === 'multiHotWithBackground'),
  });
}

/** dy_r · w_j · ∂BCE/∂z, `[rows, C]`. */
function gradient({inputs, attrs, backend}: GradientCall<WebglBackend, LossAttrs>): TensorInfo {
  const {logits, labels, dy, saved} = inputs;
  const access = rowAccess(backend, attrs);
  const index = attrs.form === 'index';
  const background = index ? 'label < float(CLASSES) ? 0.0 : 1.0' : 'savedAt(ROWS + row)';
  return elementwise(backend, logits, {
    inputs: {logits, labels, dy, ...(index ? {} : {saved}), ...access.inputs},
    uniforms: access.uniforms,
    code: [prelude(attrs, access.code), gradientCode(background)].join('\n'),
  });
}

export const sigmoidKernels: GpuKernels<WebglBackend> = {forward, gradient};
