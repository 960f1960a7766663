import fc from 'fast-check';
import type {LossAttrs} from '../../src/kernels/losses/registered_pass';
import {type ClosedForm, sigmoidClosedForm, softmaxClosedForm} from '../helpers/closed_form';

export type Family = 'sigmoid' | 'softmax';

/** Fresh from JavaScript, out of an op whose result WebGL packs (as it does matrix products), or a part of a tensor. */
export type Layout = 'plain' | 'packed' | 'sliced';

/** A call of a loss kernel with all that a closed form needs. */
export interface KernelCase {
  family: Family;
  attrs: LossAttrs;
  dtype: 'float32' | 'int32' | 'bool';
  /** Label values in the shape of `attrs.form`. */
  labels: number[];
  predictions: number[];
  /** How logits and labels lie in memory. */
  layout: {logits: Layout; labels: Layout};
}

const float32 = (min: number, max: number) => fc.double({min, max, noNaN: true}).map(Math.fround);
const many = <T>(item: fc.Arbitrary<T>, length: number) =>
  fc.array(item, {minLength: length, maxLength: length});
const uint32 = fc.integer({min: 0, max: 2 ** 32 - 1});

const layouts = fc.constantFrom<Layout>('plain', 'packed', 'sliced');

const CLASSES = [1, 2, 3, 4, 5, 8, 17, 63, 64, 65, 130, 300];

// Of shares in whole 1024ths float32 holds the sum, 1 less which is a weight of logits up to ±10⁴.
const share = fc.integer({min: 10, max: 1014}).map((n) => n / 1024);

function labelValues(dtype: string): fc.Arbitrary<number> {
  return dtype === 'float32'
    ? fc.oneof({weight: 4, arbitrary: fc.constant(0)}, fc.constant(1), share)
    : fc.oneof({weight: 4, arbitrary: fc.constant(0)}, fc.constant(1));
}

function logitValues(largest: number): fc.Arbitrary<number> {
  return fc.oneof({weight: 8, arbitrary: float32(-largest, largest)}, fc.constantFrom(0, -largest, largest));
}

// Between the bound of PyTorch's gradient and 0 or 1 lies no value, as the closed form has no such bound.
const probabilities = fc.oneof({weight: 8, arbitrary: float32(1e-4, 1 - 1e-4)}, fc.constantFrom(0, 1));

/** Random calls of every form and dtype of labels, with soft labels, all kinds of β and T, and logits up to ±10⁴. */
export const kernelCases: fc.Arbitrary<KernelCase> = fc
  .record({
    family: fc.constantFrom<Family>('sigmoid', 'softmax'),
    rows: fc.integer({min: 1, max: 5}),
    classes: fc.constantFrom(...CLASSES),
    form: fc.constantFrom('index' as const, 'multiHot' as const, 'multiHotWithBackground' as const),
    dtype: fc.constantFrom('float32' as const, 'int32' as const, 'bool' as const),
    fromLogits: fc.boolean(),
    largest: fc.constantFrom(1, 30, 1e4),
    beta: fc.oneof(
      fc.constantFrom(0, 1, 0.9),
      fc.record({
        key: fc.tuple(uint32, uint32),
        threshold: fc.constantFrom(2 ** 30, 2 ** 31 + 12345, 2 ** 32 - 1),
      }),
    ),
    layout: fc.record({logits: layouts, labels: layouts}),
  })
  .chain(({family, rows, classes, form, dtype, fromLogits, largest, beta, layout}) => {
    const background = family === 'sigmoid';
    const width = form === 'multiHotWithBackground' ? classes + 1 : classes;
    const labels =
      form === 'index'
        ? many(fc.integer({min: 0, max: background ? classes : classes - 1}), rows)
        : many(labelValues(dtype), rows * width);
    const logits = family === 'softmax' || fromLogits;
    return fc
      .record({
        labels,
        tail: many(fc.oneof(fc.constantFrom(0, 1, 0.4), fc.double({min: 0, max: 1, noNaN: true})), classes),
        predictions: many(logits ? logitValues(largest) : probabilities, rows * classes),
      })
      .map(({labels, tail, predictions}) => ({
        family,
        // An integer label as bool would be none.
        dtype: form === 'index' && dtype === 'bool' ? 'int32' : dtype,
        labels,
        predictions,
        layout,
        attrs: {
          form,
          rows,
          classes,
          background,
          tail: Float64Array.from(tail),
          beta,
          fromLogits: logits,
        },
      }));
  });

/** The case in float64. */
export function closedFormOf({family, attrs, labels, predictions}: KernelCase): ClosedForm {
  const {form, rows, classes, tail, beta, fromLogits} = attrs;
  const width = form === 'multiHotWithBackground' ? classes + 1 : classes;
  const dense = predictions.map((_, i) => {
    const [row, j] = [Math.floor(i / classes), i % classes];
    return form === 'index' ? Number(labels[row] === j) : labels[row * width + j];
  });
  return (family === 'sigmoid' ? sigmoidClosedForm : softmaxClosedForm)({
    predictions,
    labels: dense,
    background:
      form === 'multiHotWithBackground'
        ? Array.from({length: rows}, (_, row) => labels[row * width + classes])
        : undefined,
    tail,
    beta:
      typeof beta === 'number'
        ? beta
        : Array.from({length: rows * classes}, (_, i) => Number(draw(i, beta.key) < beta.threshold)),
    fromLogits,
  });
}

// BigInt arithmetic modulo 2³², apart from the shaders' and the package's own way to the same numbers.
function draw(i: number, [first, second]: readonly [number, number]): number {
  return mixed((mixed((i ^ first) >>> 0) + second) % 2 ** 32);
}

function mixed(bits: number): number {
  let x = BigInt(bits);
  x = ((x ^ (x >> 16n)) * 0x7feb352dn) & 0xffffffffn;
  x = ((x ^ (x >> 15n)) * 0x846ca68bn) & 0xffffffffn;
  return Number(x ^ (x >> 16n));
}
