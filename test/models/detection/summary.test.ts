import '@tensorflow/tfjs';
import test from 'ava';
import {contendersOf} from '../../../models/detection/contender';
import {summarize, summaryText} from '../../../models/detection/summary';

const of = (AP: number) => ({summary: {AP, AP50: 2 * AP, APr: 0, APc: AP, APf: AP}});
const contenders = contendersOf(['sigmoid', 'eql'], undefined);

test('means, and differences by pairs of equal seed, with Student intervals', (t) => {
  const outcomes = [
    [of(0.1), of(0.2), of(0.3)],
    [of(0.12), of(0.23), of(0.31)],
  ];
  const [, {scores}] = summarize(contenders, outcomes);
  t.true(Math.abs(scores.AP.mean - 22) < 1e-9);
  t.true(Math.abs(scores.AP.difference - 2) < 1e-9);
  // 2, 3 and 1: standard deviation 1, t = 4.3027 of two degrees of freedom.
  t.true(Math.abs(scores.AP.interval! - 4.3027 / Math.sqrt(3)) < 1e-3);
});

test('one seed has no interval', (t) => {
  const rows = summarize(contenders, [[of(0.1)], [of(0.12)]]);
  t.is(rows[1].scores.AP.interval, undefined);
  const text = summaryText(rows);
  t.regex(text, /sigmoid +10\.0 +20\.0/);
  t.regex(text, /EQL +12\.0 \(\+2\.0\) +24\.0 \(\+4\.0\)/);
});
