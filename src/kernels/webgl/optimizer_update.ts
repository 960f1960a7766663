import type {KernelConfig, TensorInfo} from '@tensorflow/tfjs-core';
import {asMatrix, asVector, programsOf} from '../gpu/optimizer_formulas';
import {type UpdateCall, updateKernel} from '../optimizers/update';
import {elementwise} from './elementwise';
import type {WebglBackend} from './run';

/** One draw call per state. */
function update({inputs, attrs, backend}: UpdateCall<WebglBackend>): TensorInfo[] {
  const {value} = inputs;
  return programsOf(attrs, inputs).map(({expression, tensors, scalars, numbers}) => {
    const large = tensors.map((name) => [`${name}Of`, asMatrix(inputs[name])]);
    const small = scalars.map((name) => [`${name}Of`, asVector(inputs[name])]);
    const declared = [
      ...tensors.map((name) => `float ${name} = ${name}OfAt(row, column);`),
      ...scalars.map((name) => `float ${name} = ${name}OfAt(0);`),
    ];
    const info = elementwise(backend, asMatrix(value), {
      inputs: Object.fromEntries([...large, ...small]),
      uniforms: numbers.map(([name, number]) => ({name, type: 'float', value: [number]})),
      code: `float elementAt(int row, int column) { ${declared.join(' ')} return ${expression}; }`,
    });
    return {...info, shape: value.shape};
  });
}

export const webglUpdate: KernelConfig = updateKernel('webgl', update, () => true);
