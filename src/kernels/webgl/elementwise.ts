import type {TensorInfo} from '@tensorflow/tfjs-core';
import {isPacked, runShader, type Shader, type WebglBackend} from './run';

/** Computes a matrix by GLSL's `float elementAt(int row, int column)`, in the shape and texture layout of `like`. */
export function elementwise(
  backend: WebglBackend,
  like: TensorInfo,
  shader: Omit<Shader, 'packedOutput' | 'outputShape'>,
): TensorInfo {
  const packedOutput = isPacked(backend, like);
  const [rows, columns] = like.shape;
  const plain = `
    void main() {
      ivec2 at = getOutputCoords();
      setOutput(elementAt(at.x, at.y));
    }
  `;
  const packed = `
    float orNothing(int row, int column) {
      return row < ${rows} && column < ${columns} ? elementAt(row, column) : 0.0;
    }
    void main() {
      ivec2 at = getOutputCoords();
      setOutput(vec4(
        elementAt(at.x, at.y), orNothing(at.x, at.y + 1),
        orNothing(at.x + 1, at.y), orNothing(at.x + 1, at.y + 1)));
    }
  `;
  return runShader(backend, {
    ...shader,
    outputShape: like.shape,
    packedOutput,
    code: [shader.code, packedOutput ? packed : plain].join('\n'),
  });
}
