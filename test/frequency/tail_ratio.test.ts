import test from 'ava';
import fc from 'fast-check';
import {
  ClassFrequency,
  ClassFrequencyCounter,
  type FrequencyInfo,
  frequenciesOf,
  lambdaForTailRatio,
  tailRatio,
} from '../../src/frequency';
import {lvisCategories} from './lvis';

const counted = (imageCounts: number[], numImages = 100) => new ClassFrequency({imageCounts, numImages});

test('is the share of images in classes strictly below λ', (t) => {
  const freqInfo = counted([1, 9, 30, 10]);
  t.is(tailRatio(freqInfo, 0), 0);
  t.is(tailRatio(freqInfo, 0.01), 0, 'f_j = λ is no tail class');
  t.is(tailRatio(freqInfo, 0.011), 1 / 50);
  t.is(tailRatio(freqInfo, 0.1), 10 / 50);
  t.is(tailRatio(freqInfo, 0.2), 20 / 50);
  t.is(tailRatio(freqInfo, 1), 1);
  t.is(tailRatio(freqInfo, Number.POSITIVE_INFINITY), 1);
});

test('is the same for counters, and for plain f_j up to rounding', (t) => {
  const freqInfo = counted([1, 2, 4], 7);
  const counter = new ClassFrequencyCounter({numClasses: 3}).merge(freqInfo);
  for (const lambda of [0, 0.2, 0.3, 0.6]) {
    t.is(tailRatio(counter, lambda), tailRatio(freqInfo, lambda));
    t.true(Math.abs(tailRatio(freqInfo.frequencies, lambda) - tailRatio(freqInfo, lambda)) < 1e-15);
  }
});

test('the λ for a tail ratio, in closed form', (t) => {
  const freqInfo = counted([8, 1, 31, 10], 50);
  t.is(lambdaForTailRatio(freqInfo, 0), 0);
  t.is(lambdaForTailRatio(freqInfo, 1 / 50), 0.02 + (0.16 - 0.02) / 2);
  t.is(lambdaForTailRatio(freqInfo, 0.2), 0.16 + (0.2 - 0.16) / 2);
  t.is(lambdaForTailRatio(freqInfo, 0.99), 0.2 + (0.62 - 0.2) / 2);
  t.is(lambdaForTailRatio(freqInfo, 1), 2);
  t.is(lambdaForTailRatio([0, 0.5], 0), 0.25, 'classes without images cost nothing');
  const neighbor = 0.25 + 2 ** -54;
  t.is(lambdaForTailRatio([0.25, neighbor], 0.5), neighbor, 'no number lies between them');
});

test('a target too small for any class is rejected, with the ratios that can be reached', (t) => {
  const freqInfo = counted([8, 1, 31, 10], 50);
  t.throws(() => lambdaForTailRatio(freqInfo, 0.0199), {
    name: 'ValueError',
    message:
      'Expected `target` to be a tail ratio that selects at least the least frequent class, or 0 for none. ' +
      'Reachable: 0.02 → λ = 0.09, 0.18 → λ = 0.18, 0.38 → λ = 0.41, …. Received: 0.0199',
  });
  t.throws(() => lambdaForTailRatio([0.5, 0.5], 0.5), {message: /Reachable: 1 → λ = 2. Received: 0.5$/});
  t.is(lambdaForTailRatio([0.5, 0.5], 0), 0, 'no class is what 0 asks for');
  const balanced = counted(new Array(10).fill(10));
  t.throws(() => lambdaForTailRatio(balanced, 0.03), {message: /Reachable: 1 → λ = 2/});
});

const plain = fc.array(fc.double({min: 0, max: 1, noNaN: true}), {minLength: 1, maxLength: 12});
const counts = fc.array(fc.nat({max: 60}), {minLength: 1, maxLength: 12}).map((all) => counted(all, 60));
const anyFreqInfo: fc.Arbitrary<FrequencyInfo> = fc
  .oneof(plain, counts)
  .filter((freqInfo) => frequenciesOf(freqInfo).some((f) => f > 0));

/** From this λ on the least frequent classes are in the tail. */
function secondLowest(freqInfo: FrequencyInfo): number {
  const steps = [...new Set(frequenciesOf(freqInfo))].sort((a, b) => a - b);
  return steps[1] ?? Number.POSITIVE_INFINITY;
}

test('property: λ gives at most the target, and the next class group would exceed it', (t) => {
  fc.assert(
    fc.property(anyFreqInfo, fc.double({min: 0, max: 1, noNaN: true}), (freqInfo, target) => {
      const least = tailRatio(freqInfo, secondLowest(freqInfo));
      if (target > 0 && target < least) {
        const {message} = t.throws(() => lambdaForTailRatio(freqInfo, target), {name: 'ValueError'}) as Error;
        const reachable = [...message.matchAll(/(\S+) → λ = ([\d.e+-]*\d)/g)].map(([, ...pair]) =>
          pair.map(Number),
        );
        t.true(reachable.length > 0, message);
        for (const [ratio, lambda] of reachable) {
          t.is(tailRatio(freqInfo, lambda), ratio, message);
          t.is(tailRatio(freqInfo, lambdaForTailRatio(freqInfo, ratio)), ratio, message);
        }
        return;
      }
      const lambda = lambdaForTailRatio(freqInfo, target);
      t.true(tailRatio(freqInfo, lambda) <= target);
      const above = [...new Set(frequenciesOf(freqInfo))].sort((a, b) => a - b).filter((f) => f >= lambda);
      if (above.length > 0) {
        t.true(tailRatio(freqInfo, above.length > 1 ? above[1] : Number.POSITIVE_INFINITY) > target);
      }
    }),
    {numRuns: 500},
  );
});

test('property: every existing tail ratio is reached exactly', (t) => {
  fc.assert(
    fc.property(anyFreqInfo, fc.nat(), (freqInfo, pick) => {
      const frequencies = frequenciesOf(freqInfo);
      const target = tailRatio(freqInfo, frequencies[pick % frequencies.length]);
      t.is(tailRatio(freqInfo, lambdaForTailRatio(freqInfo, target)), target);
    }),
  );
});

test('a λ from counts separates the same classes in float32', (t) => {
  const freqInfo = counted([10, 11, 12, 500, 501], 56_740);
  const lambda = lambdaForTailRatio(freqInfo, 0.033);
  const tail = (l: number, f: Float32Array | Float64Array) => Array.from(f, (each) => each < l);
  t.deepEqual(tail(lambda, freqInfo.frequencies), [true, true, true, false, false]);
  t.deepEqual(tail(Math.fround(lambda), Float32Array.from(freqInfo.frequencies)), [
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('rejects invalid arguments and frequencies without any mass', (t) => {
  for (const lambda of [-1, Number.NaN, '1', undefined]) {
    t.throws(() => tailRatio([0.5], lambda as never), {message: /`lambda` to be a number ≥ 0/});
  }
  for (const target of [-0.1, 1.1, Number.NaN, undefined]) {
    t.throws(() => lambdaForTailRatio([0.5], target as never), {
      message: /`target` to be a tail ratio in 0 … 1/,
    });
  }
  t.throws(() => tailRatio(counted([0, 0]), 1), {message: /at least one class that occurs/});
  t.throws(() => lambdaForTailRatio([0, 0], 1), {message: /at least one class that occurs/});
  t.throws(() => tailRatio(new ClassFrequencyCounter({numClasses: 2}), 1), {message: /has counted images/});
});

test("LVIS v0.5: the paper's tail ratios", (t) => {
  const categories = lvisCategories();
  const imageCounts = categories.map((category) => category.image_count);
  const freqInfo = new ClassFrequency({imageCounts, numImages: 57_263});
  const table: [number, number][] = [
    [0.176, 0.93],
    [0.5, 3.14],
    [0.8, 4.88],
    [1.5, 7.82],
    [1.76, 9.08],
    [2, 9.83],
    [3, 13.12],
    [5, 18.17],
  ];
  for (const [thousandths, percent] of table) {
    const ratio = 100 * tailRatio(freqInfo, thousandths * 1e-3);
    t.true(Math.abs(ratio - percent) <= 0.03, `λ = ${thousandths}e-3: ${ratio} instead of ${percent}`);
  }
});

test('LVIS v0.5: λ = 0.00177 selects exactly the rare and common classes', (t) => {
  const categories = lvisCategories();
  const imageCounts = categories.map((category) => category.image_count);
  const {frequencies} = new ClassFrequency({imageCounts, numImages: 56_740});
  const tail = categories.filter((_, j) => frequencies[j] < 0.00177);
  t.is(tail.length, 915);
  t.deepEqual(
    tail,
    categories.filter((category) => category.frequency !== 'f'),
  );
});
