import * as tf from '@tensorflow/tfjs';
import type {ExecutionContext} from 'ava';
import fc from 'fast-check';
import type {Loss} from '../../src';
import {FUSED_ROWS} from '../../src/kernels/losses/kernel_names';
import {hot} from './loss_cases';

const FORMS = [
  'int32',
  'float32',
  'hot float32',
  'hot int32',
  'hot bool',
  'with background',
  'several',
  'soft',
] as const;

/** A batch of any shape, labels and logits. */
export interface FusedCase {
  rows: number;
  classes: number;
  form: (typeof FORMS)[number];
  /** The logits' standard deviation. */
  spread: number;
  /** A logit that replaces about one in ten. */
  special: number | null;
  /** Upstream gradients other than those of the mean. */
  uneven: boolean;
  seed: number;
}

const cases = fc.record<FusedCase>({
  rows: fc.integer({min: 0, max: 5}),
  classes: fc.oneof(fc.integer({min: 2, max: 20}), fc.constantFrom(255, 256, 257, 261, 514)),
  form: fc.constantFrom(...FORMS),
  spread: fc.constantFrom(0, 0.01, 1, 4, 30, 300),
  special: fc.option(
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 88.5, 1e4, -1e9, 3e38),
    {freq: 4},
  ),
  uneven: fc.boolean(),
  seed: fc.integer({min: 0, max: 2 ** 31}),
});

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function labelsOf({rows, classes, form}: FusedCase, background: boolean, next: () => number): tf.Tensor {
  const labels = Array.from({length: rows}, () => Math.floor(next() * (background ? classes + 1 : classes)));
  const many = (of: () => number) => Array.from({length: rows * classes}, of);
  const shape: [number, number] = [rows, classes];
  switch (form) {
    case 'int32':
    case 'float32':
      return tf.tensor1d(labels, form);
    case 'with background':
      return background
        ? tf.tensor2d(hot(labels, classes + 1), [rows, classes + 1])
        : tf.tensor2d(hot(labels, classes), shape);
    case 'several':
      return tf.tensor2d(
        many(() => (next() < 2 / classes ? 1 : 0)),
        shape,
      );
    case 'soft':
      return tf.tensor2d(
        many(() => (next() < 0.5 ? next() / classes : 0)),
        shape,
      );
    default:
      return tf.tensor2d(hot(labels, classes), shape, form.slice(4) as 'float32');
  }
}

/** Losses and gradients of training on the batch twice, so that state is felt, or the message of what was thrown. */
function train(make: (classes: number) => Loss, width: number, background: boolean, batch: FusedCase) {
  const next = random(batch.seed);
  const {rows, spread, special, uneven} = batch;
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const y = labelsOf(batch, background, next);
  const z = tf.tensor2d(
    Array.from({length: rows * width}, () => (special != null && next() < 0.1 ? special : spread * normal())),
    [rows, width],
  );
  const dy = uneven ? tf.tensor1d(Array.from({length: rows}, next)) : tf.fill([rows], 1 / Math.max(rows, 1));
  const loss = make(batch.classes);
  const numbers: number[][] = [];
  for (let step = 0; step < 2; ++step) {
    const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => loss.call(y, x))(z, dy);
    numbers.push(Array.from(value.dataSync()), Array.from(grad.dataSync()));
    // Evaluation asks for no gradient.
    numbers.push(Array.from(loss.call(y, z, {training: false}).dataSync()));
  }
  return {numbers, state: stateOf(loss), logits: Array.from(z.dataSync())};
}

function stateOf(loss: Loss): number[] {
  const {state} = loss.getConfig() as {state?: Record<string, number | number[]>};
  return Object.values(state ?? {}).flat();
}

function agree(actual: number[], expected: number[], tolerance: number, floor: number): boolean {
  return expected.every((value, i) => {
    if (!Number.isFinite(value)) return Object.is(actual[i], value);
    return Math.abs(actual[i] - value) <= tolerance * Math.max(Math.abs(value), floor);
  });
}

/** What runs where the kernel of fused rows is not there: the formula's `row`. */
export function withoutFused<T>(run: () => T): T {
  const backend = tf.getBackend();
  const kernel = tf.getKernel(FUSED_ROWS, backend);
  tf.unregisterKernel(FUSED_ROWS, backend);
  try {
    return run();
  } finally {
    tf.registerKernel(kernel);
  }
}

export interface FusedOptions {
  background?: boolean;
  /** Logits of no class. */
  extra?: number;
  /** A special logit that is left out. */
  without?: number;
  /** Of errors relative to the value, or to the floor. */
  tolerance?: number;
  floor?: (classes: number) => number;
}

/** The fused pass of a loss gives what `row` gives, for batches of any kind, and leaves the logits as they were. */
export function fusedAsRows(
  t: ExecutionContext,
  make: (classes: number) => Loss,
  {background = false, extra = 0, tolerance = 1e-6, floor = () => 1e-7, without}: FusedOptions = {},
): void {
  fc.assert(
    fc.property(
      cases.filter(({special}) => special === null || special !== without),
      (batch) => {
        tf.tidy(() => {
          const run = () => train(make, batch.classes + extra, background, batch);
          const expected = withoutFused(run);
          const actual = run();
          const least = floor(batch.classes);
          expected.numbers.forEach((values, i) => {
            const what = `${['losses', 'gradient', 'evaluation'][i % 3]}, step ${Math.floor(i / 3)}`;
            if (!agree(actual.numbers[i], values, tolerance, least)) {
              const k = values.findIndex(
                (value, k) => !agree([actual.numbers[i][k]], [value], tolerance, least),
              );
              throw new Error(`${what} [${k}]: ${actual.numbers[i][k]}, expected ${values[k]}`);
            }
          });
          if (!agree(actual.state, expected.state, 1e-6, 1e-6)) throw new Error(`state: ${actual.state}`);
          if (!actual.logits.every((z, k) => Object.is(z, expected.logits[k])))
            throw new Error('logits changed');
        });
      },
    ),
    {numRuns: 150, seed: 1},
  );
  t.pass();
}
