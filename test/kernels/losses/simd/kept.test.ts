import test from 'ava';
import fc from 'fast-check';
import {keptOf} from '../../../../src/kernels/losses/simd/kept';
import {anyDraws} from '../../../helpers/draws';

/** The largest logit that counts: any that float32 has an exponential for, or none. */
const cap = (k: number) => (k === 1 ? 88.5 : Number.NEGATIVE_INFINITY);

test('k = 1 − β · T as caps, padded to whole vectors, if all are 0 or 1', (t) => {
  const tail = () => Float64Array.of(0, 1, 1, 0);
  t.deepEqual(keptOf({tail: tail(), beta: 1}), {
    values: Float32Array.of(1, 0, 0, 1).map(cap),
    soft: false,
    beta: 1,
  } as never);
  t.deepEqual(keptOf({tail: tail(), beta: 0}).values, Float32Array.of(1, 1, 1, 1).map(cap));
  t.deepEqual(
    keptOf({tail: new Float64Array(5), beta: 1}).values,
    Float32Array.of(1, 1, 1, 1, 1, 0, 0, 0).map(cap),
  );
});

test('k = 1 − β · T in float64 otherwise', (t) => {
  const soft = keptOf({tail: Float64Array.of(0, 1, 0.25), beta: 0.5});
  t.true(soft.soft);
  t.deepEqual(soft.values, Float64Array.of(1, 0.5, 0.875));
  t.deepEqual(keptOf({tail: Float64Array.of(0, 0.25), beta: 1}).values, Float64Array.of(1, 0.75));
  t.deepEqual(keptOf({tail: Float64Array.of(0, 0.25), beta: 0}).values, Float64Array.of(1, 1));
});

test('if β is drawn, k is that of β = 1', (t) => {
  const bit = fc.constantFrom(0, 1);
  fc.assert(
    fc.property(fc.array(bit, {minLength: 1}), anyDraws, (tail, beta) => {
      const {values, soft} = keptOf({tail: Float64Array.from(tail), beta});
      t.false(soft);
      t.deepEqual(
        [...values].slice(0, tail.length),
        tail.map((bit) => cap(1 - bit)),
      );
    }),
  );
});

test('the result for a tail is cached with its β', (t) => {
  const tail = Float64Array.of(0, 1);
  const kept = keptOf({tail, beta: 1});
  t.is(keptOf({tail, beta: 1}), kept);
  t.is(keptOf({tail, beta: {key: [1, 2], threshold: 3}}), kept);
  t.deepEqual(keptOf({tail, beta: 0.5}).values, Float64Array.of(1, 0.5));
  t.deepEqual(keptOf({tail, beta: 1}).values, Float32Array.of(1, 0, 0, 0).map(cap));
  t.not(keptOf({tail: tail.slice(), beta: 1}), kept);
});
