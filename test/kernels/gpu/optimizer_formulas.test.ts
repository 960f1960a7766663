import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {asMatrix, asVector, programsOf} from '../../../src/kernels/gpu/optimizer_formulas';
import type {UpdateAttrs, UpdateName} from '../../../src/kernels/optimizers/update';
import {useBackend} from '../../helpers/backends';

test.before(() => useBackend('cpu'));

// GLSL and WGSL have these formulas in common, and JavaScript has them too.
function evaluate(expression: string, values: Record<string, number>): number {
  const names = Object.keys(values);
  return new Function(...names, 'sqrt', `return ${expression};`)(...Object.values(values), Math.sqrt);
}

const [BETA1, BETA2, EPSILON, RATE, MU, DECAY] = [0.8, 0.95, 1e-3, 0.1, 0.7, 0.9];
const adam = {
  beta1: BETA1,
  rest1: 1 - BETA1,
  beta2: BETA2,
  rest2: 1 - BETA2,
  epsilon: EPSILON,
  minusRate: -RATE,
};
/** By update: tfjs's optimizer, what is kept at first, scalars at a step (from 1 on), and numbers. */
const CASES: Record<
  UpdateName,
  [() => tf.Optimizer, string[], (step: number) => Record<string, number>, Record<string, number>]
> = {
  adam: [
    () => tf.train.adam(RATE, BETA1, BETA2, EPSILON),
    ['first', 'second'],
    (step) => ({accBeta1: BETA1 ** step, accBeta2: BETA2 ** step}),
    adam,
  ],
  descend: [() => tf.train.sgd(RATE), [], () => ({minusRate: -RATE}), {}],
  momentum: [() => tf.train.momentum(RATE, MU), ['velocity'], () => ({minusRate: -RATE, mu: MU}), {}],
  nesterov: [() => tf.train.momentum(RATE, MU, true), ['velocity'], () => ({minusRate: -RATE, mu: MU}), {}],
  rmsProp: [
    () => tf.train.rmsprop(RATE, DECAY, MU, EPSILON),
    ['square', 'moment'],
    () => ({}),
    {decay: DECAY, rest: 1 - DECAY, mu: MU, epsilon: EPSILON, rate: RATE},
  ],
};

for (const [update, [make, kept, scalarsAt, numbers]] of Object.entries(CASES)) {
  test.serial(`${update}: the formulas match tfjs's optimizer`, async (t) => {
    const states = ['value', ...kept];
    const current: Record<string, number> = Object.fromEntries(states.map((name) => [name, 0]));
    current.value = 0.5;
    const w = tf.variable(tf.scalar(current.value));
    const optimizer = make();
    for (let step = 1; step <= 6; ++step) {
      const gradient = Math.fround(Math.sin(5 * step));
      tf.tidy(() => optimizer.applyGradients([{name: w.name, tensor: tf.scalar(gradient)}]));
      const inputs = {...current, gradient, ...scalarsAt(step)};
      const attrs: UpdateAttrs = {update: update as UpdateName, states, numbers};
      programsOf(attrs, inputs).forEach(({expression, tensors, scalars, numbers: used}, i) => {
        const named = Object.fromEntries(
          [...tensors, ...scalars].map((name) => [name, inputs[name as 'gradient']]),
        );
        current[states[i]] = evaluate(expression, {...named, ...Object.fromEntries(used)});
      });
    }
    const saved = (await optimizer.getWeights()).slice(1).map(({tensor}) => tensor.dataSync()[0]);
    [w.dataSync()[0], ...saved].forEach((value, i) => {
      t.true(Math.abs(value - current[states[i]]) < 3e-6, `${states[i]}: ${value}, ${current[states[i]]}`);
    });
    t.is(saved.length, kept.length);
  });
}

test('a program names what it reads, and nothing else', (t) => {
  const attrs: UpdateAttrs = {update: 'adam', states: ['value', 'first', 'second'], numbers: adam};
  const inputs = {value: 0, first: 0, second: 0, gradient: 0, accBeta1: 0, accBeta2: 0};
  const [value, first] = programsOf(attrs, inputs);
  t.deepEqual(value.tensors, ['value', 'first', 'second', 'gradient']);
  t.deepEqual(value.scalars, ['accBeta1', 'accBeta2']);
  t.deepEqual([first.tensors, first.scalars], [['first', 'gradient'], []]);
  t.deepEqual(
    first.numbers.map(([name]) => name),
    ['beta1', 'rest1'],
  );
});

test('any shape as a matrix, one element as a vector', (t) => {
  const info = (shape: number[]) => ({dataId: {}, dtype: 'float32' as const, shape});
  const shapes = [[], [5], [2, 3], [2, 3, 4, 5], [0, 4]];
  t.deepEqual(
    shapes.map((shape) => asMatrix(info(shape)).shape),
    [
      [1, 1],
      [1, 5],
      [2, 3],
      [24, 5],
      [0, 4],
    ],
  );
  t.deepEqual(asVector(info([])).shape, [1]);
});
