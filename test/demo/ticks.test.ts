import test from 'ava';
import fc from 'fast-check';
import {axisEnd, ticks} from '../../demo/src/view/ticks';

const ends = fc.double({min: 1e-6, max: 1e9, noNaN: true});

test('ticks are one, two or five times a power of ten apart', (t) => {
  t.deepEqual(ticks(100, 4), [0, 50, 100]);
  t.deepEqual(ticks(624, 6), [0, 200, 400, 600]);
  t.deepEqual(
    ticks(0.2, 4).map((tick) => tick.toFixed(2)),
    ['0.00', '0.05', '0.10', '0.15', '0.20'],
  );
  t.is(ticks(0.3, 3).length, 4);
});

test('there are as many ticks as fit, none beyond the end', (t) => {
  fc.assert(
    fc.property(ends, fc.integer({min: 3, max: 12}), (end, most) => {
      const all = ticks(end, most);
      const step = all[1];
      t.true(all.length >= 2 && all.length <= most + 1);
      t.true(all[all.length - 1] <= end * (1 + 1e-8) && all[all.length - 1] + step > end);
    }),
  );
});

test('an axis ends on a tick, at or above the highest value, and not far above it', (t) => {
  t.is(axisEnd(1), 1);
  t.is(axisEnd(2.6), 3);
  t.is(axisEnd(0.2), 0.2);
  fc.assert(
    fc.property(ends, (highest) => {
      const end = axisEnd(highest);
      t.true(end >= highest * (1 - 1e-8) && end <= 2 * highest);
      const steps = end / ticks(highest, 4)[1];
      t.true(Math.abs(steps - Math.round(steps)) < 1e-6);
    }),
  );
});
