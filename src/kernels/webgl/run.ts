import type {DataId, DataType, TensorInfo} from '@tensorflow/tfjs-core';
import type {UploadingBackend} from '../gpu/uploading_backend';

/** tfjs's record of a tensor in its WebGL backend. */
interface TextureData {
  texture?: unknown;
  /** Whether a texel holds 2 × 2 elements. */
  isPacked?: boolean;
  shape: number[];
  /** Rows and columns of the texture, in elements. */
  texShape?: [number, number];
}

/** The part of tfjs's WebGL backend used here; its module is not imported. */
export interface WebglBackend extends UploadingBackend {
  texData: {get(dataId: DataId): TextureData; delete(dataId: DataId): boolean};
  runWebGLProgram(program: object, inputs: TensorInfo[], dtype: DataType, uniforms: number[][]): TensorInfo;
}

export interface Shader {
  /**
   * Tensors by name. GLSL reads `logits` by `logitsAt(row, column)`, or `logitsAt(index)` if it has one dimension, and
   * the texels of a packed tensor by `logitsTexel(row / 2, column / 2)`.
   */
  inputs: Record<string, TensorInfo>;
  outputShape: number[];
  /** Whether a texel of the output holds 2 × 2 elements. */
  packedOutput?: boolean;
  uniforms?: Array<{name: string; type: 'float' | 'int' | 'ivec2'; value: number[]}>;
  code: string;
}

interface Source {
  info: TensorInfo;
  code: string;
  release?: () => void;
}

/** Runs a shader in one draw call, whatever layout the inputs' textures have. */
export function runShader(backend: WebglBackend, shader: Shader): TensorInfo {
  const {outputShape, packedOutput = false, uniforms = [], code} = shader;
  const sources = Object.entries(shader.inputs).map(([name, info]) =>
    isReadablePacked(backend, info) ? packedSource(backend, name, info) : plainSource(name, info),
  );
  const program = {
    variableNames: Object.keys(shader.inputs),
    outputShape,
    packedOutput,
    customUniforms: uniforms.map(({name, type}) => ({name, type})),
    userCode: [...sources.map((source) => source.code), code].join('\n'),
  };
  try {
    return backend.runWebGLProgram(
      program,
      sources.map(({info}) => info),
      'float32',
      uniforms.map(({value}) => value),
    );
  } finally {
    for (const {release} of sources) release?.();
  }
}

/** Whether a tensor's texture holds 2 × 2 elements per texel. */
export function isPacked(backend: WebglBackend, info: TensorInfo): boolean {
  const {texture, isPacked: packed} = backend.texData.get(info.dataId);
  return texture != null && packed === true;
}

// A tensor may share its texture with one of another shape, in which it was packed.
function isReadablePacked(backend: WebglBackend, info: TensorInfo): boolean {
  if (!isPacked(backend, info)) return false;
  const [[rows, columns], [packedRows, packedColumns]] = [
    info.shape,
    backend.texData.get(info.dataId).shape,
  ].map(lastTwo);
  const bothEven = rows % 2 === 0 && packedRows % 2 === 0;
  return columns === packedColumns && (rows === packedRows || bothEven);
}

function lastTwo(shape: number[]): [number, number] {
  return [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
}

const functionName = (name: string) => `get${name[0].toUpperCase()}${name.slice(1)}`;

function plainSource(name: string, info: TensorInfo): Source {
  const code =
    info.shape.length === 1
      ? `float ${name}At(int index) { return ${functionName(name)}(index); }`
      : `float ${name}At(int row, int column) { return ${functionName(name)}(row, column); }`;
  return {info, code};
}

// Read through a view of the texture whose elements are texels; otherwise tfjs unpacks the tensor with an extra draw
// call in every program.
function packedSource(backend: WebglBackend, name: string, info: TensorInfo): Source {
  const {texture, texShape} = backend.texData.get(info.dataId);
  const [height, width] = (texShape as [number, number]).map((size) => Math.ceil(size / 2));
  const view = backend.makeTensorInfo([height, width], 'float32');
  Object.assign(backend.texData.get(view.dataId), {texture, texShape: [height, width], isPacked: false});
  const texelsInRow = Math.ceil(lastTwo(info.shape)[1] / 2);
  const code = `
    vec4 ${name}Texel(int row, int column) {
      int index = row * ${texelsInRow} + column;
      return texelFetch(${name}, ivec2(index % ${width}, index / ${width}), 0);
    }
    float ${name}At(int row, int column) {
      vec4 texel = ${name}Texel(row / 2, column / 2);
      vec2 pair = (row & 1) == 0 ? texel.rg : texel.ba;
      return (column & 1) == 0 ? pair.x : pair.y;
    }
    float ${name}At(int index) { return ${name}At(0, index); }
  `;
  // The texture belongs to the original: delete only the view's entry.
  return {info: view, code, release: () => backend.texData.delete(view.dataId)};
}
