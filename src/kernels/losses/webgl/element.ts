import type {TensorInfo} from '@tensorflow/tfjs-core';
import {elementwise} from '../../webgl/elementwise';
import type {Shader, WebglBackend} from '../../webgl/run';
import type {GradientCall, LossCall} from '../gpu/loss_call';
import type {GpuKernels} from '../gpu/register_losses';
import type {ElementAttrs} from '../registered_pass';
import {glslMath} from './glsl_math';
import {labelAccess} from './glsl_rows';
import {lossAndStatistics} from './row_statistics';

// Σ f over part of a row; NaN if one of its labels is outside 0 … 1.
const partial = `
  vec4 partialOf(int row, int first, int end) {
    float label = rowLabel(row);
    vec4 sums = vec4(0.0);
    for (int j = first; j < end; ++j) {
      float z = logitsAt(row, j);
      float y = labelAt(label, row, j);
      sums.x += notANumber(z) ? NAN : element(z, y).x;
      sums.y += isShare(y) ? 0.0 : NAN;
    }
    return sums;
  }
`;

const statistic = `
  float statisticOf(int row, int statistic) {
    vec4 sums = vec4(0.0);
    for (int part = 0; part < PARTS; ++part) sums += partAt(row, part);
    if (notANumber(sums.y) || !backgroundFits(row) || !labelFits(rowLabel(row))) return NAN;
    return statistic == 0 ? sums.x : 0.0;
  }
`;

const gradientCode = (labelsFit: string) => `
  float elementAt(int row, int j) {
    float label = rowLabel(row);
    float z = logitsAt(row, j);
    if (!(${labelsFit}) || notANumber(z)) return NAN;
    return dyAt(row) * element(z, labelAt(label, row, j)).y;
  }
`;

const prelude = (attrs: ElementAttrs) => [glslMath, labelAccess(attrs), attrs.glsl].join('\n');

const uniformsOf = ({scalars}: ElementAttrs): Shader['uniforms'] =>
  Object.entries(scalars).map(([name, value]) => ({name, type: 'float', value: [value]}));

/** Losses `[rows]`, and the row statistics: the loss and, for labels with columns, NaN if one is outside 0 … 1. */
function forward({inputs, attrs, backend}: LossCall<WebglBackend, ElementAttrs>): TensorInfo[] {
  const {form, rows, classes, differentiable} = attrs;
  return lossAndStatistics(backend, {
    rows,
    classes,
    differentiable,
    count: form === 'index' ? 1 : 2,
    inputs,
    uniforms: uniformsOf(attrs),
    prelude: prelude(attrs),
    partial,
    statistic,
  });
}

/** dy_r · ∂f/∂z, `[rows, C]`. */
function gradient({inputs, attrs, backend}: GradientCall<WebglBackend, ElementAttrs>): TensorInfo {
  const {logits, labels, dy, saved} = inputs;
  const index = attrs.form === 'index';
  const labelsFit = index ? 'labelFits(label)' : '!notANumber(savedAt(ROWS + row))';
  return elementwise(backend, logits, {
    inputs: {logits, labels, dy, ...(index ? {} : {saved})},
    uniforms: uniformsOf(attrs),
    code: [prelude(attrs), gradientCode(labelsFit)].join('\n'),
  });
}

/** The kernels of losses that are sums over classes. */
export const elementKernels: GpuKernels<WebglBackend, ElementAttrs> = {forward, gradient};
