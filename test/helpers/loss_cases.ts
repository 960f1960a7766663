import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import type {Loss, LossContext} from '../../src';

/** A random batch: integer labels in 0 … C (C is background), float32 logits, and frequencies on either side of λ. */
export interface LossCase {
  rows: number;
  classes: number;
  labels: number[];
  logits: number[];
  frequencies: number[];
  lambda: number;
}

const float32 = (min: number, max: number) => fc.double({min, max, noNaN: true}).map(Math.fround);

/** Soft labels `[rows, C]`, zeros and ones among them. */
export const softLabels = (size: number) =>
  fc.array(fc.oneof(fc.constantFrom(0, 1), float32(0, 1)), {minLength: size, maxLength: size});

export function lossCases(
  options: {largest?: number; background?: boolean; leastClasses?: number} = {},
): fc.Arbitrary<LossCase> {
  const {largest = 60, background = true, leastClasses = 1} = options;
  return fc
    .record({rows: fc.integer({min: 1, max: 4}), classes: fc.integer({min: leastClasses, max: 6})})
    .chain(({rows, classes}) => {
      const many = <T>(item: fc.Arbitrary<T>, length: number) =>
        fc.array(item, {minLength: length, maxLength: length});
      return fc.record({
        rows: fc.constant(rows),
        classes: fc.constant(classes),
        labels: many(fc.integer({min: 0, max: background ? classes : classes - 1}), rows),
        logits: many(float32(-largest, largest), rows * classes),
        frequencies: many(fc.constantFrom(0, 1e-4, 1e-3, 0.01, 0.3, 1), classes),
        lambda: fc.constantFrom(0, 1e-3, 0.01, 0.5, 1.5),
      });
    });
}

/** Multi-hot `[rows, width]`; labels beyond the width leave a row of zeros. */
export function hot(labels: number[], width: number): number[] {
  return labels.flatMap((label) => Array.from({length: width}, (_, j) => (j === label ? 1 : 0)));
}

/** Labels `[rows]` as the losses take them: integers, but with one class 1 for that class and 0 for none. */
export function withoutColumns(labels: number[], classes: number): number[] {
  return classes === 1 ? hot(labels, 1) : labels;
}

/** The step threshold, f < λ. */
export const stepTail = (frequencies: number[], lambda: number) =>
  frequencies.map((f) => (f < lambda ? 1 : 0));

/** The same labels in every form and dtype that the losses take, for predictions `[...lead, classes]`. */
export function labelTensors(
  labels: number[],
  lead: number[],
  classes: number,
  background = true,
): Array<[string, tf.Tensor]> {
  const forms: Array<[number[], number[]]> = [
    [withoutColumns(labels, classes), lead],
    [hot(labels, classes), [...lead, classes]],
  ];
  if (classes > 1) forms.push([labels, [...lead, 1]]);
  if (background) forms.push([hot(labels, classes + 1), [...lead, classes + 1]]);
  return forms.flatMap(([values, shape]) =>
    (['int32', 'float32'] as const).map((dtype): [string, tf.Tensor] => [
      `${dtype} [${shape}]`,
      tf.tensor(values, shape, dtype),
    ]),
  );
}

/** The loss of each sample and the gradient for an upstream gradient of ones, read into memory; leaves no tensor. */
export function evaluateLoss(
  loss: Loss,
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  context?: LossContext,
): {values: number[]; gradient: number[]} {
  return tf.tidy(() => {
    const {value, grads} = tf.valueAndGrads((x: tf.Tensor) => loss.call(yTrue, x, context))(
      [yPred],
      tf.ones(yPred.shape.slice(0, 1)),
    );
    return {values: Array.from(value.dataSync()), gradient: Array.from(grads[0].dataSync())};
  });
}

/** What the loss makes of its own configuration and state after they went through JSON. */
export function restored<T extends Loss>(loss: T): T {
  const cls = loss.constructor as tf.serialization.SerializableConstructor<T>;
  const again = cls.fromConfig(cls, JSON.parse(JSON.stringify(loss.getConfig())));
  if (loss.getState) again.setState?.(JSON.parse(JSON.stringify(loss.getState())));
  return again;
}
