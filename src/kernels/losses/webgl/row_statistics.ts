import type {TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {runShader, type Shader, type WebglBackend} from '../../webgl/run';

/** Up to this many classes, one invocation sums a row, in a single draw call. */
const SHORT_ROW = 64;

export interface RowStatistics {
  rows: number;
  classes: number;
  differentiable: boolean;
  /** Statistics per row. Evaluation needs only the first, the loss. */
  count: number;
  inputs: Shader['inputs'];
  uniforms: Shader['uniforms'];
  /** GLSL that `partial` and `statistic` use. */
  prelude: string;
  /**
   * GLSL of `vec4 partialOf(int row, int first, int end)`, for the classes from `first` up to but not including `end`.
   */
  partial: string;
  /**
   * GLSL of `float statisticOf(int row, int statistic)`, from the row's partials `partAt(row, 0)` …
   * `partAt(row, PARTS - 1)`.
   */
  statistic: string;
}

// `[count · rows]`: the first statistic of all rows, then the second and so on. A long row is split into about √C
// parts: enough invocations, none of which loops for long.
function rowStatistics(backend: WebglBackend, spec: RowStatistics): TensorInfo {
  const {rows, classes, count, inputs, uniforms, prelude, partial, statistic} = spec;
  const size = classes <= SHORT_ROW ? classes : Math.max(SHORT_ROW, Math.ceil(Math.sqrt(classes)));
  const parts = Math.ceil(classes / size);
  const main = `
    ${statistic}
    void main() {
      int index = getOutputCoords();
      setOutput(statisticOf(index % ROWS, index / ROWS));
    }
  `;
  const head = `${prelude}\nconst int PARTS = ${parts};`;
  if (parts === 1) {
    const part = 'vec4 partAt(int row, int part) { return partialOf(row, 0, CLASSES); }';
    return runShader(backend, {
      inputs,
      uniforms,
      outputShape: [count * rows],
      code: [head, partial, part, main].join('\n'),
    });
  }
  // A packed texel holds the four numbers of a part.
  const partials = runShader(backend, {
    inputs,
    uniforms,
    outputShape: [2 * rows, 2 * parts],
    packedOutput: true,
    code: `
      ${prelude}
      ${partial}
      void main() {
        ivec2 at = getOutputCoords() / 2;
        setOutput(partialOf(at.x, at.y * ${size}, min((at.y + 1) * ${size}, CLASSES)));
      }
    `,
  });
  const part = 'vec4 partAt(int row, int part) { return partsTexel(row, part); }';
  const statistics = runShader(backend, {
    inputs: {...inputs, parts: partials},
    uniforms,
    outputShape: [count * rows],
    code: [head, part, main].join('\n'),
  });
  backend.disposeData(partials.dataId);
  return statistics;
}

/**
 * The first statistic of every row, its loss, as `[rows]` and, if differentiable, all statistics. Slicing takes no draw
 * call: in tfjs a slice of a texture is an offset.
 */
export function lossAndStatistics(backend: WebglBackend, spec: RowStatistics): TensorInfo[] {
  const {rows, differentiable} = spec;
  if (!differentiable) return [rowStatistics(backend, {...spec, count: 1})];
  const statistics = rowStatistics(backend, spec);
  const losses = tfc.getKernel(tfc.Slice, 'webgl').kernelFunc({
    inputs: {x: statistics},
    attrs: {begin: [0], size: [rows]},
    backend,
  });
  return [losses as TensorInfo, statistics];
}
