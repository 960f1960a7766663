import * as tf from '@tensorflow/tfjs';
import {EqualizationLoss} from '../../src';
import type {Draws} from '../../src/kernels/losses/draws';
import {softmaxFamilyLoss} from '../../src/kernels/losses/softmax_family';
import {tailWeights} from '../../src/losses';
import fixtures from '../fixtures/losses.json';
import {withoutColumns} from './loss_cases';

export interface LossFixture {
  classes: number;
  rows: number;
  kind: string;
  lambda: number;
  fromLogits?: boolean;
  draws?: Draws;
  frequencies: number[];
  labels: number[];
  predictions: number[];
  rowLosses: number[];
  loss: number;
  gradient: number[];
}

/** Values and gradients of the losses' reference code on PyTorch, made by test/fixtures/make_loss_fixtures.py. */
export const lossFixtures: {sigmoid: LossFixture[]; softmax: LossFixture[]} = fixtures as never;

/**
 * Below this PyTorch's own float64 formulas, log(1 + e^z), σ(z) − y and log Σ e^z − z, have lost their digits; that ours
 * keep them is what the closed forms in equalization_loss.test.ts and the fuzz tests are for.
 */
export const FLOOR = 1e-8;

export function describeFixture({classes, rows, kind, lambda, fromLogits}: LossFixture): string {
  return `${rows}×${classes}, ${kind} ${fromLogits === false ? 'probabilities' : 'logits'}, λ = ${lambda}`;
}

/** Per-row losses and the gradient of their mean, as this package computes them on the current backend. */
export function fixtureTensors(family: 'sigmoid' | 'softmax', fixture: LossFixture): [tf.Tensor, tf.Tensor] {
  const {classes, rows, lambda, fromLogits, frequencies, labels, predictions, draws = 0} = fixture;
  return tf.tidy(() => {
    const z = tf.tensor2d(predictions, [rows, classes]);
    const y = tf.tensor1d(labels, 'int32');
    const yTrue = tf.tensor1d(withoutColumns(labels, classes), 'int32');
    const sigmoid = new EqualizationLoss({lambda, freqInfo: frequencies, fromLogits});
    const softmax = (x: tf.Tensor) =>
      softmaxFamilyLoss(
        x,
        {form: 'index', values: y, rows, classes, background: false},
        {tail: tailWeights(Float64Array.from(frequencies), lambda), beta: draws},
      );
    const loss = (x: tf.Tensor) => (family === 'sigmoid' ? sigmoid(yTrue, x) : softmax(x));
    // 1/rows by hand: what is compared is the loss's gradient, not the backend's tf.mean.
    const [gradient] = tf.grads((x: tf.Tensor) => loss(x))([z], tf.fill([rows], 1 / rows));
    return [loss(z), gradient];
  });
}

/** `fixtureTensors`, read into memory. */
export function runFixture(family: 'sigmoid' | 'softmax', fixture: LossFixture) {
  return tf.tidy(() => {
    const [rowLosses, gradient] = fixtureTensors(family, fixture);
    return {rowLosses: Array.from(rowLosses.dataSync()), gradient: Array.from(gradient.dataSync())};
  });
}

/** The largest |actual − expected| / max(|expected|, floor). */
export function largestRelativeError(actual: number[], expected: number[], floor: number): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < actual.length; ++i) {
    const error = Math.abs(actual[i] - expected[i]) / Math.max(Math.abs(expected[i]), floor);
    // NaN must not slip through a comparison.
    if (!(error <= largest)) largest = error;
  }
  return largest;
}
