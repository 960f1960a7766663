import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import fc from 'fast-check';
import {meanUpstream, upstreamFactors} from '../../src/kernels/upstream';
import {useBackend} from '../helpers/backends';

const BACKENDS = ['cpu', 'wasm'] as const;

for (const backend of BACKENDS) {
  test.serial(`for powers of two it is what tfjs's mean sends back (${backend})`, async (t) => {
    await useBackend(backend);
    for (let rows = 1; rows <= 2 ** 12; rows *= 2) {
      const dy = tf.tidy(() =>
        tf
          .grad((losses: tf.Tensor) => tf.mean(losses))(tf.zeros([rows]))
          .dataSync(),
      );
      t.deepEqual(
        [...dy],
        Array.from(dy, () => meanUpstream(rows)),
      );
      t.is(upstreamFactors(dy as Float32Array), null);
    }
  });
}

test('it is a power of two, which no factor loses a digit by', (t) => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 2 ** 31 - 1}), (rows) => {
      const mean = meanUpstream(rows);
      t.true(mean === 1 || mean * rows === 1);
      t.true(Number.isInteger(Math.log2(mean)));
    }),
  );
  t.is(meanUpstream(3), 1);
});

test('a batch without rows has none', (t) => {
  t.is(meanUpstream(0), 1);
  t.is(upstreamFactors(new Float32Array(0)), null);
});

test('other upstream gradients leave factors', (t) => {
  const values = fc.array(fc.float({noDefaultInfinity: true, min: -1e6, max: 1e6}), {minLength: 1});
  fc.assert(
    fc.property(values, (upstream) => {
      const dy = Float32Array.from(upstream);
      const factors = upstreamFactors(dy);
      const mean = meanUpstream(dy.length);
      if (dy.every((value) => value === mean)) t.is(factors, null);
      else
        t.deepEqual(
          factors,
          Float32Array.from(dy, (value) => value / mean),
        );
    }),
  );
  t.deepEqual(upstreamFactors(Float32Array.of(0.5, Number.NaN)), Float32Array.of(1, Number.NaN));
});
