import type {DataId, DataType, TensorInfo} from '@tensorflow/tfjs-core';
import type {UploadingBackend} from '../gpu/uploading_backend';

/** The part of tfjs's WebGPU backend used here; its module is not imported. */
export interface WebgpuBackend extends UploadingBackend {
  incRef(dataId: DataId): void;
  runWebGPUProgram(
    program: object,
    inputs: TensorInfo[],
    dtype: DataType,
    uniforms: Array<{type: 'float32' | 'int32' | 'uint32'; data: number[]}>,
  ): TensorInfo;
}

export interface Uniform {
  name: string;
  type: 'f32' | 'i32' | 'u32' | 'vec2<u32>';
  value: number[];
}

export interface Shader {
  /** The cached pipeline's key, along with the tensors' types. */
  key: string;
  /** Tensors by name; the code must read each. WGSL reads `logits` as an array of f32 or i32. */
  inputs: Record<string, TensorInfo>;
  outputShape: number[];
  uniforms: Uniform[];
  /** Invocations per workgroup, and the number of workgroups. */
  workgroupSize: number;
  workgroups: number;
  /** WGSL with `fn main(index : i32)`, called with an invocation's index. */
  code: string;
}

/** tfjs's names of the uniforms' types. */
const TYPES = {f32: 'float32', i32: 'int32', u32: 'uint32', 'vec2<u32>': 'uint32'} as const;

/** Runs a shader in one dispatch. */
export function runShader(backend: WebgpuBackend, shader: Shader): TensorInfo {
  const {key, inputs, outputShape, uniforms, workgroupSize, workgroups, code} = shader;
  const program = {
    shaderKey: `tfjs-longtail ${key}`,
    variableNames: Object.keys(inputs),
    outputShape,
    workgroupSize: [workgroupSize, 1, 1],
    // Flat, so that tfjs spreads workgroups beyond one dimension's limit over the others.
    dispatchLayout: {x: [0]},
    dispatch: [workgroups, 1, 1],
    uniforms: uniforms.map(({name, type}) => `${name} : ${type}, `).join(''),
    getUserCode: () => code,
  };
  return backend.runWebGPUProgram(
    program,
    Object.values(inputs),
    'float32',
    uniforms.map(({type, value}) => ({type: TYPES[type], data: value})),
  );
}
