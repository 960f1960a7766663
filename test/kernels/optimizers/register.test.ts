import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {registerWasmTrainingKernels} from '../../../src/kernels/wasm';
import {useBackend} from '../../helpers/backends';
import {integers} from '../../helpers/both_backends';

const OPTIMIZERS: Record<string, () => tf.Optimizer> = {
  adam: () => tf.train.adam(0.01),
  'adam with settings of its own': () => tf.train.adam(0.1, 0.8, 0.95, 1e-3),
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  nesterov: () => tf.train.momentum(0.1, 0.7, true),
  rmsprop: () => tf.train.rmsprop(0.01),
  'rmsprop with momentum': () => tf.train.rmsprop(0.01, 0.8, 0.5, 1e-3),
  'rmsprop, centered': () => tf.train.rmsprop(0.01, 0.9, 0.1, 1e-3, true),
  adagrad: () => tf.train.adagrad(0.1),
};

const SHAPES = [[7, 5], [5], [], [3, 2, 2, 8], [0, 4]];

/** Whether an update takes a gradient for each variable, only for some, or in an array. */
type Form = 'all' | 'some' | 'array';

/** Names, shapes and values of all that five steps leave: variables and what the optimizer saves. */
async function afterSteps(backend: 'cpu' | 'wasm', optimizer: tf.Optimizer, form: Form) {
  await useBackend(backend);
  const before = tf.memory().numTensors;
  const variables = SHAPES.map((shape, i) =>
    tf.variable(
      tf.tidy(() => tf.div(integers(shape, i), 7)),
      true,
      `w${i}-${Math.random()}`,
    ),
  );
  for (let step = 0; step < 5; step++) {
    tf.tidy(() => {
      const gradients = variables.map((variable, i) => ({
        name: variable.name,
        tensor: tf.div(integers(variable.shape, 10 * step + i), 3),
      }));
      if (form === 'array') optimizer.applyGradients(gradients);
      else {
        const named = Object.fromEntries(gradients.map(({name, tensor}) => [name, tensor]));
        // A loss that does not depend on a variable gives it no gradient.
        if (form === 'some') named[variables[1].name] = null as unknown as tf.Tensor;
        optimizer.applyGradients(named);
      }
    });
  }
  const kept = await optimizer.getWeights();
  const read = (name: string, tensor: tf.Tensor) => ({
    name: variables.reduce((text, variable, i) => text.replace(variable.name, `w${i}`), name),
    shape: tensor.shape,
    dtype: tensor.dtype,
    values: [...tensor.dataSync()],
  });
  const all = [
    ...variables.map((variable) => read(variable.name, variable)),
    ...kept.map(({name, tensor}) => read(name, tensor)),
  ];
  const held = tf.memory().numTensors - before;
  // The scalar of iterations was made for us.
  tf.dispose([...variables, kept[0].tensor]);
  optimizer.dispose();
  return {all, held, iterations: optimizer.iterations};
}

for (const [name, make] of Object.entries(OPTIMIZERS)) {
  for (const form of ['all', 'some', 'array'] as const) {
    test.serial(`${name}, ${form}: variables and saved files equal tfjs's own, bit for bit`, async (t) => {
      if (form === 'some' && name === 'adagrad') return t.pass();
      await useBackend('cpu');
      const cpu = await afterSteps('cpu', make(), form);
      await useBackend('wasm');
      const wasm = await afterSteps('wasm', make(), form);
      t.deepEqual(wasm, cpu);
    });
  }
}

test.serial('one pass over each variable, where tfjs runs ten ops', async (t) => {
  await useBackend('wasm');
  const w = tf.variable(tf.ones([4]));
  const optimizer = tf.train.adam(0.1);
  const profile = async () =>
    (await tf.profile(() => optimizer.applyGradients([{name: w.name, tensor: w}]))).kernelNames;
  await profile();
  t.deepEqual((await profile()).sort(), ['Multiply', 'OptimizerUpdate']);
  tf.dispose(w);
  optimizer.dispose();
});

test.serial('a clone of a variable keeps the values it had', async (t) => {
  await useBackend('wasm');
  const w = tf.variable(tf.tensor1d([1, 2, 3]));
  const before = w.clone();
  tf.train.sgd(1).applyGradients([{name: w.name, tensor: tf.tensor1d([1, 1, 1])}]);
  t.deepEqual([...before.dataSync()], [1, 2, 3]);
  t.deepEqual([...w.dataSync()], [0, 1, 2]);
});

test.serial('Adam agrees with its formula in float64', async (t) => {
  await useBackend('wasm');
  const [rate, beta1, beta2, epsilon] = [0.01, 0.9, 0.999, 1e-7];
  const start = [0.5, -1.25, 3, 0.001, 7];
  const w = tf.variable(tf.tensor1d(start));
  const optimizer = tf.train.adam(rate, beta1, beta2, epsilon);
  const expected = [...start];
  const [m, v] = [start.map(() => 0), start.map(() => 0)];
  for (let step = 1; step <= 20; step++) {
    const gradient = start.map((_, i) => Math.fround(Math.sin(step * (i + 1))));
    tf.tidy(() => optimizer.applyGradients([{name: w.name, tensor: tf.tensor1d(gradient)}]));
    gradient.forEach((g, i) => {
      m[i] = beta1 * m[i] + (1 - beta1) * g;
      v[i] = beta2 * v[i] + (1 - beta2) * g * g;
      const [first, second] = [m[i] / (1 - beta1 ** step), v[i] / (1 - beta2 ** step)];
      expected[i] -= (rate * first) / (Math.sqrt(second) + epsilon);
    });
  }
  w.dataSync().forEach((value, i) => {
    t.true(
      Math.abs(value - expected[i]) <= 2e-6 * Math.max(1, Math.abs(expected[i])),
      `${value}, ${expected[i]}`,
    );
  });
});

test.serial('registering again changes nothing', (t) => {
  const {applyGradients} = tf.AdamOptimizer.prototype;
  registerWasmTrainingKernels();
  t.is(tf.AdamOptimizer.prototype.applyGradients, applyGradients);
});
