import type {KernelConfig, TensorInfo} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {programsOf} from '../gpu/optimizer_formulas';
import {type UpdateCall, updateKernel} from '../optimizers/update';
import {runShader, type WebgpuBackend} from './run';

const WORKGROUP = 64;

/** One dispatch per state. */
function update({inputs, attrs, backend}: UpdateCall<WebgpuBackend>): TensorInfo[] {
  const {shape} = inputs.value;
  const size = tfc.util.sizeFromShape(shape);
  return programsOf(attrs, inputs).map(({expression, tensors, scalars, numbers}) => {
    const names = [...tensors, ...scalars];
    const declared = [
      ...tensors.map((name) => `let ${name} = ${name}Of[index];`),
      ...scalars.map((name) => `let ${name} = ${name}Of[0];`),
      ...numbers.map(([name]) => `let ${name} = uniforms.${name};`),
    ];
    return runShader(backend, {
      key: `update ${expression}`,
      inputs: Object.fromEntries(names.map((name) => [`${name}Of`, inputs[name]])),
      outputShape: shape,
      uniforms: [
        {name: 'count', type: 'i32', value: [size]},
        ...numbers.map(([name, number]) => ({name, type: 'f32' as const, value: [number]})),
      ],
      workgroupSize: WORKGROUP,
      workgroups: Math.ceil(size / WORKGROUP),
      code: `
        fn main(index : i32) {
          if (index < uniforms.count) {
            ${declared.join('\n')}
            result[index] = ${expression};
          }
        }
      `,
    });
  });
}

export const webgpuUpdate: KernelConfig = updateKernel('webgpu', update, () => true);
