import * as tf from '@tensorflow/tfjs';
import {
  AsymmetricLoss,
  FocalLoss,
  type Labels,
  type Loss,
  type LossElement,
  RowLoss,
  rowLosses,
} from '../../src';
import {numericalGradient} from '../helpers/numerical_gradient';
import {scaled} from '../helpers/passes';
import {read, valueAndGradient} from './evaluate';
import {assert, assertClose, check} from './harness/check';
import {countDispatches} from './harness/count_dispatches';
import type {Layout} from './kernel_cases';
import {arranged} from './run_kernels';

/** A user's loss, twice: the code differs and the name does not. */
const squares = (factor: string): LossElement<number> => ({
  js: () => {},
  scalars: (weight) => ({weight}),
  glsl: `vec2 element(float z, float y) { return ${factor} * weight * vec2((z - y) * (z - y), 2.0 * (z - y)); }`,
  wgsl: `fn element(z : f32, y : f32) -> vec2<f32> {
    return ${factor} * uniforms.weight * vec2<f32>((z - y) * (z - y), 2.0 * (z - y));
  }`,
});
class Squares extends RowLoss {
  static readonly className = 'Squares';
  constructor(private readonly element: LossElement<number>) {
    super();
  }
  protected rows(z: tf.Tensor2D, labels: Labels) {
    const losses = () => {
      throw new Error('composed of tfjs ops');
    };
    return rowLosses({name: 'Squares', losses, element: this.element}, z, labels, 0.75);
  }
  getConfig() {
    return {};
  }
}

/** The term of one class in float64, as the paper has it. */
type Term = (z: number, y: number) => number;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const focal =
  (gamma: number, positive = 1, negative = 1): Term =>
  (z, y) =>
    positive * y * sigmoid(-z) ** gamma * Math.log1p(Math.exp(-z)) +
    negative * (1 - y) * sigmoid(z) ** gamma * Math.log1p(Math.exp(z));
const asymmetric =
  (positive: number, negative: number, clip: number): Term =>
  (z, y) => {
    const u = Math.max(sigmoid(z) - clip, 0);
    return y * sigmoid(-z) ** positive * Math.log1p(Math.exp(-z)) - (1 - y) * u ** negative * Math.log1p(-u);
  };

const FOCAL = new FocalLoss({gamma: 2, alpha: 0.25});
const LOSSES: Array<[string, Loss, Term]> = [
  ['focal, γ = 2, α = ¼', FOCAL, focal(2, 0.25, 0.75)],
  ['focal, γ = ½', new FocalLoss({gamma: 0.5}), focal(0.5)],
  ['focal, γ = 0', new FocalLoss({gamma: 0}), focal(0)],
  ['asymmetric', new AsymmetricLoss(), asymmetric(0, 4, 0.05)],
  [
    'asymmetric, no clip',
    new AsymmetricLoss({gammaPositive: 1, gammaNegative: 2, clip: 0}),
    asymmetric(1, 2, 0),
  ],
  ["a user's", new Squares(squares('1.0')), (z, y) => 0.75 * (z - y) ** 2],
  ["a user's of the same name", new Squares(squares('2.0')), (z, y) => 1.5 * (z - y) ** 2],
];

const logitsOf = (rows: number, classes: number) =>
  Array.from({length: rows * classes}, (_, i) => Math.fround(8 * Math.sin(12.9898 * i)));

/** Values and gradient of a batch are those of the terms, for the upstream gradient of `valueAndGradient`. */
async function agrees(loss: Loss, term: Term, dense: number[], yTrue: tf.Tensor, z: tf.Tensor, what: string) {
  const [rows, classes] = z.shape;
  const logits = Array.from(await z.data());
  const terms = logits.map((x, i) => term(x, dense[i]));
  const slopes = logits.map((x, i) => numericalGradient(([x]) => term(x, dense[i]), [x])[0]);
  const sums = Array.from({length: rows}, (_, r) =>
    terms.slice(r * classes, (r + 1) * classes).reduce((sum, x) => sum + x, 0),
  );
  const {values, gradient} = await valueAndGradient((x) => loss.call(yTrue, x), z);
  assertClose(values, sums, 1e-5, `loss, ${what}`);
  assertClose(gradient, scaled(slopes, rows), 1e-5, `gradient, ${what}`);
}

for (const [name, loss, term] of LOSSES) {
  // Short rows, and rows that WebGL adds up in parts.
  for (const classes of [3, 130]) {
    check(`${name}, ${classes} classes: soft labels are those of the closed form`, async () => {
      const dense = Array.from({length: 4 * classes}, (_, i) =>
        i % 4 < 2 ? i % 2 : Math.fround((1 + Math.sin(i)) / 2),
      );
      const [y, z] = [tf.tensor2d(dense, [4, classes]), tf.tensor2d(logitsOf(4, classes), [4, classes])];
      await agrees(loss, term, dense, y, z, name);
      tf.dispose([y, z]);
    });
  }
}

for (const form of ['index', 'multiHot', 'multiHotWithBackground'] as const) {
  for (const [layout, dtype] of [
    ['plain', 'int32'],
    ['packed', 'float32'],
    ['sliced', 'float32'],
    ['plain', 'bool'],
  ] as Array<[Layout, 'int32' | 'float32' | 'bool']>) {
    if (form === 'index' && dtype === 'bool') continue;
    check(`${form} ${dtype}, ${layout}: at most three dispatches, and nothing is left`, async () => {
      const [rows, classes] = [12, 130];
      const labels = Array.from({length: rows}, (_, r) => (r % 3 === 0 ? classes : 10 * r));
      const hot = (width: number) =>
        labels.flatMap((label) => Array.from({length: width}, (_, j) => Number(j === label)));
      const [values, shape] = {
        index: [labels, [rows]],
        multiHot: [hot(classes), [rows, classes]],
        multiHotWithBackground: [hot(classes + 1), [rows, classes + 1]],
      }[form] as [number[], number[]];
      const [y, z] = tf.tidy(() => [
        arranged(tf.tensor(values, shape, dtype), layout),
        arranged(tf.tensor2d(logitsOf(rows, classes), [rows, classes]), layout),
      ]);
      await agrees(FOCAL, LOSSES[0][2], hot(classes), y, z, form);
      const dy = tf.ones([rows]);
      const step = () => tf.dispose(tf.grads((x: tf.Tensor) => FOCAL.call(y, x))([z], dy));
      step();
      const before = [tf.memory().numTensors, tf.backend().numDataIds()];
      const dispatches = countDispatches(step);
      assert(dispatches > 0 && dispatches <= 3, `${dispatches} dispatches`);
      const after = [tf.memory().numTensors, tf.backend().numDataIds()];
      assert(after.join() === before.join(), `${after} tensors and data ids, ${before} before`);
      tf.dispose([y, z, dy]);
    });
  }
}

check('a wrong label, or a NaN logit, makes its row NaN and no other', async () => {
  const wrong: Array<[tf.Tensor, boolean[]]> = [
    [tf.tensor1d([0, -1, 3, 4, 1.5]), [false, true, false, true, true]],
    [
      tf.tensor2d([0, 1, 0, 255, 0, 0, 0, 0, -1, 0, 0, 1, Number.NaN, 0, 0], [5, 3]),
      [false, true, true, false, true],
    ],
    [
      tf.tensor2d([0, 0, 1, 0, 0, 0, 0, 2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1], [5, 4]),
      [false, true, false, false, false],
    ],
  ];
  const z = tf.tensor2d(logitsOf(5, 3), [5, 3]);
  for (const [y, expected] of wrong) {
    const {values, gradient} = await valueAndGradient((x) => FOCAL.call(y, x), z);
    assert(values.map(Number.isNaN).join() === expected.join(), `${y.shape}: ${values}`);
    const bad = expected.flatMap((bad) => [bad, bad, bad]);
    assert(gradient.map(Number.isNaN).join() === bad.join(), `${y.shape}: ${gradient}`);
  }
  const y = tf.tensor1d([0, 1, 2, 3, 0], 'int32');
  const nan = tf.tensor2d(
    logitsOf(5, 3).map((x, i) => (i === 4 ? Number.NaN : x)),
    [5, 3],
  );
  const {values, gradient} = await valueAndGradient((x) => FOCAL.call(y, x), nan);
  assert(values.map(Number.isNaN).join() === 'false,true,false,false,false', `${values}`);
  assert(
    gradient.every((x, i) => Number.isNaN(x) === (i === 4)),
    `${gradient}`,
  );
  tf.dispose([y, z, nan, ...wrong.map(([y]) => y)]);
});

check('logits of ±1e4 give finite losses and gradients; no rows give none', async () => {
  const z = tf.tensor2d(
    Array.from({length: 12}, (_, i) => 1e4 * ((i % 3) - 1)),
    [4, 3],
  );
  const y = tf.tensor1d([0, 1, 2, 3], 'int32');
  const [noLabels, none] = [tf.zeros([0], 'int32'), tf.zeros([0, 3])];
  for (const [name, loss] of LOSSES.slice(0, 5)) {
    const {values, gradient} = await valueAndGradient((x) => loss.call(y, x), z);
    assert([...values, ...gradient].every(Number.isFinite), `${name}: ${values}, ${gradient}`);
    const empty = await read(tf.tidy(() => [loss.call(noLabels, none) as tf.Tensor]));
    assert(empty[0].length === 0, `${name}: ${empty}`);
  }
  tf.dispose([z, y, noLabels, none]);
});
