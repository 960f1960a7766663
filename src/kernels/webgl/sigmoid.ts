import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {GradientCall, LossCall} from '../gpu/loss_call';
import type {FamilyKernels} from '../gpu/register_losses';
import type {LossAttrs} from '../registered_pass';
import {glslElements} from './glsl_elements';
import {glslMath} from './glsl_math';
import {rowAccess} from './glsl_rows';
import {elementwise, lossAndStatistics} from './row_statistics';
import type {WebglBackend} from './run';

// The sums are taken for a foreground and for a background row at once: which one it is shows at the row's end.
const partial = `
  vec4 partialOf(int row, int first, int end) {
    float label = rowLabel(row);
    vec4 sums = vec4(0.0);
    for (int j = first; j < end; ++j) {
      float z = logitsAt(row, j);
      float y = labelAt(label, row, j);
      float w = weightAt(row, j, y);
      float loss = notANumber(z) ? NAN : elementLoss(z, y);
      sums += vec4(w == 0.0 && !notANumber(z) ? 0.0 : w * loss, loss, y > 0.0 ? 1.0 : 0.0, 0.0);
    }
    return sums;
  }
`;

const statistic = `
  float statisticOf(int row, int statistic) {
    vec4 sums = vec4(0.0);
    for (int part = 0; part < PARTS; ++part) sums += partAt(row, part);
    if (statistic == 1) return sums.z;
    if (!labelFits(rowLabel(row))) return NAN;
    return notANumber(sums.y) ? NAN : sums.z > 0.0 ? sums.x : sums.y;
  }
`;

const gradientCode = (foreground: string) => `
  float elementAt(int row, int j) {
    float label = rowLabel(row);
    float z = logitsAt(row, j);
    if (!labelFits(label) || notANumber(z)) return NAN;
    float y = labelAt(label, row, j);
    float w = ${foreground} ? weightAt(row, j, y) : 1.0;
    return w == 0.0 ? 0.0 : dyAt(row) * w * elementGradient(z, y);
  }
`;

const prelude = ({fromLogits}: LossAttrs, rowCode: string) =>
  [glslMath, glslElements(fromLogits), rowCode].join('\n');

/** Losses `[rows]`, and the row statistics loss and number of positive labels. */
function forward({inputs, attrs, backend}: LossCall<WebglBackend>): TensorInfo[] {
  const {rows, classes} = attrs;
  const access = rowAccess(backend, attrs);
  return lossAndStatistics(backend, {
    rows,
    classes,
    differentiable: attrs.differentiable,
    // The gradient tells foreground by an integer label itself.
    count: attrs.form === 'index' ? 1 : 2,
    inputs: {...inputs, ...access.inputs},
    uniforms: access.uniforms,
    prelude: prelude(attrs, access.code),
    partial,
    statistic,
  });
}

/** dy_r · w_j · ∂BCE/∂z, `[rows, C]`. */
function gradient({inputs, attrs, backend}: GradientCall<WebglBackend>): TensorInfo {
  const {logits, labels, dy, saved} = inputs;
  const access = rowAccess(backend, attrs);
  const index = attrs.form === 'index';
  const foreground = index ? 'label < float(CLASSES)' : 'savedAt(ROWS + row) > 0.0';
  return elementwise(backend, logits, {
    inputs: {logits, labels, dy, ...(index ? {} : {saved}), ...access.inputs},
    uniforms: access.uniforms,
    code: [prelude(attrs, access.code), gradientCode(foreground)].join('\n'),
  });
}

export const sigmoidKernels: FamilyKernels<WebglBackend> = {forward, gradient};
