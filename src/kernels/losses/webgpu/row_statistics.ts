import type {TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {runShader, type Shader, type WebgpuBackend} from '../../webgpu/run';

const ELEMENTWISE_WORKGROUP = 64;
/** From this many classes on, a workgroup has 256 invocations instead of 64. */
const LONG_ROW = 4096;

export interface RowStatistics {
  key: string;
  rows: number;
  classes: number;
  differentiable: boolean;
  /** Statistics per row. Evaluation needs only the first, the loss. */
  count: number;
  inputs: Shader['inputs'];
  uniforms: Shader['uniforms'];
  /**
   * WGSL of `fn rowSums(row : i32, lane : i32) -> vec4<f32>`, which every invocation of the row's workgroup calls for
   * classes `lane`, `lane + LANES`, …, and of `fn statisticOf(row : i32, sums : vec4<f32>, statistic : i32) -> f32`.
   */
  code: string;
}

// Every invocation of a workgroup passes a value and receives the sum, or the maximum. The GROUP² lanes are reduced
// along one side, then the other: two steps with few barriers, which dominate the cost of a reduction.
const reductions = (group: number) => `
  const GROUP = ${group};
  const LANES = ${group * group};
  var<workgroup> parts : array<vec4<f32>, LANES>;
  var<workgroup> groups : array<vec4<f32>, GROUP>;

  fn sumOfLanes(lane : i32, part : vec4<f32>) -> vec4<f32> {
    parts[lane] = part;
    workgroupBarrier();
    if (lane < GROUP) {
      var sum = parts[lane];
      for (var i = lane + GROUP; i < LANES; i = i + GROUP) { sum = sum + parts[i]; }
      groups[lane] = sum;
    }
    workgroupBarrier();
    var sum = groups[0];
    for (var i = 1; i < GROUP; i = i + 1) { sum = sum + groups[i]; }
    return sum;
  }

  fn largestOfLanes(lane : i32, part : f32) -> f32 {
    parts[lane].x = part;
    workgroupBarrier();
    if (lane < GROUP) {
      var largest = parts[lane].x;
      for (var i = lane + GROUP; i < LANES; i = i + GROUP) { largest = max(largest, parts[i].x); }
      groups[lane].x = largest;
    }
    workgroupBarrier();
    var largest = groups[0].x;
    for (var i = 1; i < GROUP; i = i + 1) { largest = max(largest, groups[i].x); }
    // The next reduction writes here again.
    workgroupBarrier();
    return largest;
  }
`;

// `[count · rows]`: the first statistic of all rows, then the second and so on, in one dispatch, one workgroup per row.
function rowStatistics(backend: WebgpuBackend, spec: RowStatistics): TensorInfo {
  const {key, rows, classes, count, inputs, uniforms, code} = spec;
  const group = classes < LONG_ROW ? 8 : 16;
  const lanes = group * group;
  return runShader(backend, {
    key: `statistics ${count} ${lanes} ${key}`,
    inputs,
    uniforms,
    outputShape: [count * rows],
    workgroupSize: lanes,
    workgroups: rows,
    code: `
      ${reductions(group)}
      ${code}
      fn main(index : i32) {
        let row = index / LANES;
        let lane = index % LANES;
        let sums = rowSums(row, lane);
        if (row < uniforms.rows && lane < ${count}) {
          result[lane * uniforms.rows + row] = statisticOf(row, sums, lane);
        }
      }
    `,
  });
}

/** The first statistic of every row, its loss, as `[rows]` and, if differentiable, all statistics. */
export function lossAndStatistics(backend: WebgpuBackend, spec: RowStatistics): TensorInfo[] {
  const {rows, count, differentiable} = spec;
  if (!differentiable) return [rowStatistics(backend, {...spec, count: 1})];
  const statistics = rowStatistics(backend, spec);
  if (count === 1) {
    backend.incRef(statistics.dataId);
    return [statistics, {...statistics}];
  }
  const losses = tfc.getKernel(tfc.Slice, 'webgpu').kernelFunc({
    inputs: {x: statistics},
    attrs: {begin: [0], size: [rows]},
    backend,
  });
  return [losses as TensorInfo, statistics];
}

/** `[rows, C]` by WGSL's `fn elementAt(row : i32, j : i32) -> f32`. */
export function elementwise(
  backend: WebgpuBackend,
  outputShape: number[],
  shader: Pick<Shader, 'key' | 'inputs' | 'uniforms' | 'code'>,
): TensorInfo {
  const size = outputShape[0] * outputShape[1];
  return runShader(backend, {
    ...shader,
    key: `elements ${shader.key}`,
    outputShape,
    workgroupSize: ELEMENTWISE_WORKGROUP,
    workgroups: Math.ceil(size / ELEMENTWISE_WORKGROUP),
    code: `
      ${shader.code}
      fn main(index : i32) {
        if (index < uniforms.rows * uniforms.classes) {
          result[index] = elementAt(index / uniforms.classes, index % uniforms.classes);
        }
      }
    `,
  });
}
