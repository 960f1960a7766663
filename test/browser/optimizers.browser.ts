import * as tf from '@tensorflow/tfjs';
import {registerGpuTrainingKernels} from '../../src/kernels/gpu';
import {OPTIMIZER_UPDATE} from '../../src/kernels/optimizers/update';
import {assert, assertClose, check} from './harness/check';
import {countDispatches} from './harness/count_dispatches';
import {arranged} from './run_kernels';

// How many programs an update of one variable takes. ε is given, as tfjs's own default differs from backend to backend.
const OPTIMIZERS: Record<string, [number, () => tf.Optimizer]> = {
  adam: [3, () => tf.train.adam(0.01, 0.9, 0.999, 1e-7)],
  'adam with settings of its own': [3, () => tf.train.adam(0.1, 0.8, 0.95, 1e-3)],
  sgd: [1, () => tf.train.sgd(0.1)],
  momentum: [2, () => tf.train.momentum(0.1, 0.9)],
  nesterov: [2, () => tf.train.momentum(0.1, 0.7, true)],
  rmsprop: [3, () => tf.train.rmsprop(0.01, 0.9, 0, 1e-7)],
  'rmsprop with momentum': [3, () => tf.train.rmsprop(0.01, 0.8, 0.5, 1e-3)],
};

const SHAPES = [[7, 5], [5], [], [3, 3, 2, 8], [2, 3, 5], [6, 4], [0, 4]];
const LAYOUTS = ['plain', 'packed'] as const;

/** Numbers that every backend makes alike. */
const values = (shape: number[], seed: number) =>
  tf.tensor(
    Array.from(
      {length: tf.util.sizeFromShape(shape)},
      (_, i) => 3 * Math.sin(12.9898 * (i + 1) * (seed + 1)),
    ),
    shape,
    'float32',
  );

/** Variables, and what the optimizer saves of them, after four steps. */
async function afterSteps(optimizer: tf.Optimizer, layout: (typeof LAYOUTS)[number]) {
  const before = tf.memory().numTensors;
  const starts = SHAPES.map((shape, i) => tf.tidy(() => arranged(values(shape, i), layout)));
  const variables = starts.map((start) => tf.variable(start));
  tf.dispose(starts);
  for (let step = 0; step < 4; ++step) {
    tf.tidy(() => {
      const gradients = variables.map(({name, shape}, i) => ({
        name,
        tensor: arranged(values(shape, 10 * step + i), layout),
      }));
      optimizer.applyGradients(gradients);
    });
  }
  const kept = await optimizer.getWeights();
  const tensors = [...variables, ...kept.map(({tensor}) => tensor)];
  const numbers: number[] = [];
  for (const tensor of tensors) numbers.push(...(await tensor.data()));
  const shapes = tensors.map(({shape}) => `[${shape}]`).join();
  tf.dispose([...variables, kept[0].tensor]);
  optimizer.dispose();
  return {numbers, shapes, left: tf.memory().numTensors - before};
}

for (const [name, [, make]] of Object.entries(OPTIMIZERS)) {
  for (const layout of LAYOUTS) {
    check(`${name}, ${layout}: variables and all that is saved are cpu's`, async ({backend}) => {
      registerGpuTrainingKernels();
      const {numbers, shapes, left} = await afterSteps(make(), layout);
      await tf.setBackend('cpu');
      try {
        const expected = await afterSteps(make(), layout);
        assert(shapes === expected.shapes, `${shapes} and ${expected.shapes}`);
        assert(left === expected.left, `${left} tensors are left, ${expected.left} on cpu`);
        assertClose(numbers, expected.numbers, 2e-6, 'variables and state');
      } finally {
        await tf.setBackend(backend);
      }
    });
  }
}

for (const [name, [programs, make]] of Object.entries(OPTIMIZERS)) {
  check(`${name}: one program for the variable and for each thing kept of it`, () => {
    const w = tf.variable(values([16, 8], 1));
    const gradient = values([16, 8], 2);
    const optimizer = make();
    const update = () => optimizer.applyGradients([{name: w.name, tensor: gradient}]);
    update();
    const count = countDispatches(update);
    // Adam's two powers of β come to it, each by up to two programs where the backend computes on the GPU what is small.
    assert(programs <= count && count <= programs + (name.startsWith('adam') ? 4 : 0), `${count} programs`);
    tf.dispose([w, gradient]);
    optimizer.dispose();
  });
}

check('centered RMSProp, and Adagrad, stay as they are', async ({backend}) => {
  for (const make of [() => tf.train.rmsprop(0.01, 0.9, 0.1, 1e-3, true), () => tf.train.adagrad(0.1)]) {
    const {kernelNames} = await tf.profile(() => {
      const w = tf.variable(values([4], 1));
      const optimizer = make();
      optimizer.applyGradients([{name: w.name, tensor: w}]);
      optimizer.dispose();
      return w;
    });
    assert(!kernelNames.includes(OPTIMIZER_UPDATE), `${backend}: ${kernelNames}`);
  }
});
