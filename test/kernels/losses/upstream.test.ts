import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {foldedUpstream, upstreamFactors} from '../../../src/kernels/losses/upstream';
import {useBackend} from '../../helpers/backends';

const powers = fc.nat(30).map((k) => 2 ** k);

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`for powers of two it equals the gradient of tfjs's mean (${backend})`, async (t) => {
    await useBackend(backend);
    const mean = tf.grad((losses: tf.Tensor) => tf.mean(losses));
    for (let rows = 1; rows <= 2 ** 12; rows *= 2) {
      const dy = tf.tidy(() => mean(tf.zeros([rows])).dataSync()) as Float32Array;
      t.true(dy.every((factor) => factor === foldedUpstream(rows)));
      t.is(upstreamFactors(dy), null);
    }
  });
}

test('it is a power of two, so that multiplying by it loses no digit', (t) => {
  fc.assert(
    fc.property(fc.oneof(powers, fc.integer({min: 1, max: 2 ** 31 - 1})), (rows) => {
      const folded = foldedUpstream(rows);
      t.true(folded === 1 || folded * rows === 1);
      t.true(Number.isInteger(Math.log2(folded)));
    }),
  );
  fc.assert(fc.property(powers, (rows) => t.is(foldedUpstream(rows), 1 / rows)));
  t.is(foldedUpstream(3), 1);
});

test('a batch without rows has none', (t) => {
  t.is(foldedUpstream(0), 1);
  t.is(upstreamFactors(new Float32Array(0)), null);
});

test('the folded and the remaining factor make up the upstream gradient, bit for bit', (t) => {
  const values = fc.array(fc.float({noDefaultInfinity: true, min: -(2 ** 99), max: 2 ** 99}), {
    minLength: 1,
    maxLength: 64,
  });
  fc.assert(
    fc.property(values, (upstream) => {
      const dy = Float32Array.from(upstream);
      const folded = foldedUpstream(dy.length);
      const factors = upstreamFactors(dy) ?? new Float32Array(dy.length).fill(1);
      t.deepEqual(
        factors.map((factor) => factor * folded),
        dy,
      );
    }),
    {examples: [[[0.5, Number.NaN]], [[0.25, 0.25, 0.25, 0.25]], [[0.5, 0.25]], [[1e30, -1e-30]]]},
  );
  t.not(upstreamFactors(Float32Array.of(0.5, 0.25)), null);
});
