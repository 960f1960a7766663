import test from 'ava';
import fc from 'fast-check';
import {ClassFrequency, tailRatio} from '../../../src';
import {lambdaInRange} from '../../../src/training/recommend/lambda_in_range';

const counted = (imageCounts: number[]) =>
  new ClassFrequency({imageCounts, numImages: imageCounts.reduce((a, b) => a + b, 0)});

test('3 %, else 5 %, else 10 %, else none', (t) => {
  t.is(lambdaInRange(counted([100, 900, 19]))?.ratio, 19 / 1019);
  t.is(lambdaInRange(counted([300, 900, 50]))?.ratio, 50 / 1250);
  t.is(lambdaInRange(counted([300, 900, 100]))?.ratio, 100 / 1300);
  t.is(lambdaInRange(counted([300, 900, 200])), undefined);
  t.is(lambdaInRange(counted([500, 500, 0])), undefined, 'a class without images is no tail');
});

test('any counts: a tail ratio above 0 and at most 10 %, if there is one', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({min: 0, max: 1000}), {minLength: 2, maxLength: 20}), (imageCounts) => {
      const total = imageCounts.reduce((a, b) => a + b, 0);
      if (total === 0) return;
      const freqInfo = counted(imageCounts);
      const least = Math.min(...imageCounts.filter((count) => count > 0));
      const first = imageCounts.filter((count) => count === least).length * least;
      const found = lambdaInRange(freqInfo);
      t.is(found !== undefined, first / total <= 0.1);
      if (found !== undefined) {
        t.is(tailRatio(freqInfo, found.lambda), found.ratio);
        t.true(found.ratio > 0 && found.ratio <= 0.1);
      }
    }),
  );
});
