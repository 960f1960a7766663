import type {TensorInfo} from '@tensorflow/tfjs-core';
import {elementwise} from '../../webgl/elementwise';
import type {WebglBackend} from '../../webgl/run';
import type {GradientCall, LossCall} from '../gpu/loss_call';
import type {GpuKernels} from '../gpu/register_losses';
import type {LossAttrs} from '../registered_pass';
import {glslMath} from './glsl_math';
import {rowAccess} from './glsl_rows';
import {lossAndStatistics} from './row_statistics';

// A row, or part of one, is summarized by m, the largest logit of the remaining classes, S = Σ w̃_k e^{z_k − m}, Σ y_j,
// and D = Σ y_j (m − z_j); its loss is D + Σy · log S. Weights stay factors: as logarithms, added to a large logit,
// they would lose their digits. S = 0 if nothing in a row is above −∞; Σ y_j is NaN if a label is outside 0 … 1.
const partial = `
  const float LOWEST = -3.4028235e38;

  vec4 partialOf(int row, int first, int end) {
    float label = rowLabel(row);
    float largest = LOWEST;
    for (int j = first; j < end; ++j) {
      float z = logitsAt(row, j);
      if (!notANumber(z) && weightAt(row, j, labelAt(label, row, j)) > 0.0) largest = max(largest, z);
    }
    float sum = isPositiveInfinity(largest) ? NAN : 0.0;
    float mass = 0.0;
    float distance = 0.0;
    for (int j = first; j < end; ++j) {
      float z = logitsAt(row, j);
      float y = labelAt(label, row, j);
      float w = weightAt(row, j, y);
      if (notANumber(z)) sum = NAN;
      else if (w > 0.0) sum += w * expNegative(z - largest);
      if (!isShare(y)) {
        mass = NAN;
      } else if (y != 0.0) {
        mass += y;
        distance += y * (largest - z);
      }
    }
    return vec4(largest, sum, mass, distance);
  }
`;

const statistic = `
  float statisticOf(int row, int statistic) {
    float largest = partAt(row, 0).x;
    for (int part = 1; part < PARTS; ++part) largest = max(largest, partAt(row, part).x);
    float sum = 0.0;
    float mass = 0.0;
    float distance = 0.0;
    for (int part = 0; part < PARTS; ++part) {
      vec4 values = partAt(row, part);
      if (notANumber(values.y)) sum = NAN;
      else if (values.y > 0.0) sum += values.y * expNegative(values.x - largest);
      if (notANumber(values.z)) {
        mass = NAN;
      } else if (values.z != 0.0) {
        mass += values.z;
        distance += values.w + values.z * (largest - values.x);
      }
    }
    if (!backgroundFits(row)) mass = NAN;
    if (statistic == 1) return largest;
    if (statistic == 2) return sum;
    if (statistic == 3) return mass;
    if (!labelFits(rowLabel(row)) || notANumber(mass)) return NAN;
    if (mass == 0.0) return 0.0;
    return sum == 0.0 || notANumber(sum) ? NAN : distance + mass * preciseLog(sum);
  }
`;

// Row statistics: 0 is the loss, 1 is m, 2 is S, 3 is Σ y.
const gradientCode = `
  float elementAt(int row, int j) {
    float label = rowLabel(row);
    if (!labelFits(label)) return NAN;
    float mass = savedAt(3 * ROWS + row);
    if (notANumber(mass)) return NAN;
    if (mass == 0.0) return 0.0;
    float sum = savedAt(2 * ROWS + row);
    if (sum == 0.0 || notANumber(sum)) return NAN;
    float z = logitsAt(row, j);
    float y = labelAt(label, row, j);
    float w = weightAt(row, j, y);
    float share = w > 0.0 ? w * expNegative(z - savedAt(ROWS + row)) / sum : 0.0;
    return dyAt(row) * (mass * share - y);
  }
`;

/** Losses `[rows]`, and the row statistics loss, m, S and Σ y. */
function forward({inputs, attrs, backend}: LossCall<WebglBackend, LossAttrs>): TensorInfo[] {
  const {rows, classes} = attrs;
  const access = rowAccess(backend, attrs);
  return lossAndStatistics(backend, {
    rows,
    classes,
    differentiable: attrs.differentiable,
    count: 4,
    inputs: {...inputs, ...access.inputs},
    uniforms: access.uniforms,
    prelude: [glslMath, access.code].join('\n'),
    partial,
    statistic,
  });
}

/** dy_r · (Σy · w̃_j e^{z_j} / Σ_k w̃_k e^{z_k} − y_j), `[rows, C]`. */
function gradient({inputs, attrs, backend}: GradientCall<WebglBackend, LossAttrs>): TensorInfo {
  const {logits, labels, dy, saved} = inputs;
  const access = rowAccess(backend, attrs);
  return elementwise(backend, logits, {
    inputs: {logits, labels, dy, saved, ...access.inputs},
    uniforms: access.uniforms,
    code: [glslMath, access.code, gradientCode].join('\n'),
  });
}

export const softmaxKernels: GpuKernels<WebglBackend> = {forward, gradient};
