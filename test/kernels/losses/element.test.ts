import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {type Labels, type LossElement, rowLosses} from '../../../src';
import {elementPass, elementRow} from '../../../src/kernels/losses/element';
import {rowOf} from '../../../src/kernels/losses/formula';
import {ELEMENT} from '../../../src/kernels/losses/kernel_names';
import {useBackend} from '../../helpers/backends';
import {useGpuLikeBackend} from '../../helpers/gpu_like';

const cubes: LossElement<number> = {
  js: (z, y, weight, out) => {
    out[0] = weight * (z - y) ** 3;
    out[1] = 3 * weight * (z - y) ** 2;
  },
  scalars: (weight) => ({weight}),
  glsl: 'vec2 element(float z, float y) { … }',
  wgsl: 'fn element(z : f32, y : f32) -> vec2<f32> { … }',
};

const labelsFor = (): Labels => ({
  form: 'multiHot',
  values: tf.tensor2d([0, 1, 1, 0], [2, 2]),
  rows: 2,
  classes: 2,
  background: true,
});

test('a row is the sum of its elements, and its slopes are theirs', (t) => {
  const row = elementRow(cubes);
  const slope = new Float64Array(3);
  t.is(row(Float64Array.of(1, 2, -1), Float64Array.of(0, 0.5, 1), 2, slope), 2 * (1 + 3.375 - 8));
  t.deepEqual(Array.from(slope), [6, 13.5, 24]);
  t.is(row(Float64Array.of(1, 2, -1), Float64Array.of(0, 0.5, 1), 2, null), 2 * (1 + 3.375 - 8));
});

test("a formula's own row takes precedence over its elements", (t) => {
  const row = () => 7;
  t.is(rowOf({row, element: cubes}), row);
  t.is(rowOf({element: cubes})?.(Float64Array.of(2), Float64Array.of(0), 1, null), 8);
  t.is(rowOf({}), undefined);
});

test.serial('shaders run if the backend has kernels for them, and get labels and scalars', async (t) => {
  await useGpuLikeBackend();
  const labels = labelsFor();
  const z = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  t.is(elementPass(cubes, labels, 5), null);

  const calls: unknown[] = [];
  const backend = tf.backend() as unknown as {
    makeTensorInfo(shape: number[], dtype: string, values: Float32Array): tf.TensorInfo;
  };
  const kernel = (kernelName: string, made: () => tf.TensorInfo[] | tf.TensorInfo) =>
    tf.registerKernel({
      kernelName,
      backendName: tf.getBackend(),
      kernelFunc: ({inputs, attrs}) => {
        calls.push([kernelName, Object.keys(inputs).sort(), attrs]);
        return made();
      },
    });
  const ones = (shape: number[]) =>
    backend.makeTensorInfo(shape, 'float32', new Float32Array(tf.util.sizeFromShape(shape)).fill(1));
  kernel(ELEMENT.forward, () => [ones([2]), ones([2])]);
  kernel(ELEMENT.gradient, () => ones([2, 2]));
  try {
    const formula = {name: 'Cubes', losses: () => t.fail() as never, element: cubes};
    const loss = (x: tf.Tensor) => rowLosses(formula, x as tf.Tensor2D, labels, 5);
    const {value, grads} = tf.valueAndGrads(loss)([z], tf.ones([2]));
    t.deepEqual([...value.dataSync(), ...grads[0].dataSync()], [1, 1, 1, 1, 1, 1]);
  } finally {
    for (const name of Object.values(ELEMENT)) tf.unregisterKernel(name, tf.getBackend());
  }
  const attrs = {
    glsl: cubes.glsl,
    wgsl: cubes.wgsl,
    scalars: {weight: 5},
    form: 'multiHot',
    rows: 2,
    classes: 2,
    background: true,
  };
  t.deepEqual(calls, [
    [ELEMENT.forward, ['labels', 'logits'], {...attrs, differentiable: true}],
    [ELEMENT.gradient, ['dy', 'labels', 'logits', 'saved'], {...attrs, last: true}],
  ]);
});

test.serial('cpu, wasm and tfjs-node have no such kernels: JavaScript reads their memory', async (t) => {
  for (const backend of ['cpu', 'wasm'] as const) {
    await useBackend(backend);
    t.is(elementPass(cubes, labelsFor(), 1), null);
  }
  for (const name of Object.values(ELEMENT)) {
    t.true(tf.getKernel(name, 'tensorflow') == null);
    for (const backend of ['webgl', 'webgpu']) t.truthy(tf.getKernel(name, backend));
  }
});
