import test from 'ava';
import fc from 'fast-check';
import {addTap, addThreeTaps, type Row} from '../../../src/kernels/wasm/depthwise_taps';

const upTo = (max: number) => fc.integer({min: 1, max});
const start = fc.nat(5);

test('one tap and three taps add Σ x · dy to each channel, wherever they start', (t) => {
  fc.assert(
    fc.property(
      upTo(9),
      upTo(6),
      upTo(3),
      start,
      start,
      start,
      (channels, outputs, stride, xAt, dyAt, sumAt) => {
        const integers = (length: number) => Float32Array.from({length}, (_, i) => ((i * 7) % 11) - 5);
        const row = (step: number): Row => ({
          x: integers(xAt + (outputs * stride + 2) * channels),
          dy: integers(dyAt + outputs * channels),
          sums: new Float64Array(sumAt + 3 * channels).fill(1),
          outputs,
          channels,
          step: step * channels,
        });
        const expected = ({x, dy, sums, step}: Row, taps: number) =>
          sums.map((before, at) => {
            const c = at - sumAt;
            if (c < 0 || c >= taps * channels) return before;
            let sum = before;
            for (let k = 0; k < outputs; k++)
              sum += x[xAt + c + k * step] * dy[dyAt + (c % channels) + k * channels];
            return sum;
          });

        const one = row(stride);
        const afterOne = expected(one, 1);
        addTap(one, xAt, dyAt, sumAt, 0);
        t.deepEqual(one.sums, afterOne);

        const three = row(1);
        const afterThree = expected(three, 3);
        addThreeTaps(three, xAt, dyAt, sumAt);
        t.deepEqual(three.sums, afterThree);
      },
    ),
    {numRuns: 200, seed: 1},
  );
});
