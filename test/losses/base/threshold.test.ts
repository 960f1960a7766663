import test from 'ava';
import fc from 'fast-check';
import {type Threshold, tailWeights} from '../../../src/losses';
import {checkedThreshold} from '../../../src/losses/base/threshold';

const EXPONENTIAL: Threshold = {kind: 'exponential', a: 400, n: 2};
const GOMPERTZ: Threshold = {kind: 'gompertz', a: 1, b: 80, c: 3000};

test('the step threshold is strict: f = λ is not spared', (t) => {
  // 2⁻⁵⁹ is the distance from 0.01 to the next number below.
  t.deepEqual([...tailWeights(Float64Array.of(0, 0.01, 0.01 - 2 ** -59, 1), 0.01)], [1, 0, 1, 0]);
  t.deepEqual([...tailWeights(Float64Array.of(0, 1), 0)], [0, 0]);
  t.deepEqual([...tailWeights(Float64Array.of(0, 1), 1)], [1, 0]);
  t.deepEqual([...tailWeights(Float64Array.of(0, 1), 1.5)], [1, 1]);
});

test('exponential decay: 1 − (a·f)^n computed by hand, and 0 from 1/a on', (t) => {
  const weights = tailWeights(Float64Array.of(0, 0.00025, 0.00125, 0.0025, 0.2475), 0, EXPONENTIAL);
  // a·f = 0, 0.1, 0.5, 1, 99.
  [1, 0.99, 0.75, 0, 0].forEach((expected, j) => {
    t.true(Math.abs(weights[j] - expected) < 1e-12, `${weights[j]}`);
  });
});

test('Gompertz decay: 1 − a·e^(−b·e^(−c·f)) computed by hand', (t) => {
  // b·e^(−c·f) = 80, 2, 1 and (beyond float64) 0.
  const weights = tailWeights(Float64Array.of(0, Math.log(40) / 3000, Math.log(80) / 3000, 1), 0, GOMPERTZ);
  [1, 0.8646647167633873, 0.6321205588285577, 0].forEach((expected, j) => {
    t.true(Math.abs(weights[j] - expected) < 1e-12, `${weights[j]}`);
  });
  t.is(tailWeights(Float64Array.of(1), 0, {...GOMPERTZ, a: 0.25})[0], 0.75);
});

test('every threshold stays in 0 … 1 and does not rise with frequency', (t) => {
  const parameter = fc.double({min: 0, max: 1e5, noNaN: true});
  const thresholds: fc.Arbitrary<Threshold> = fc.oneof(
    fc.constant('step' as const),
    fc.record({kind: fc.constant('exponential' as const), a: parameter, n: parameter}),
    fc.record({
      kind: fc.constant('gompertz' as const),
      a: fc.double({min: 0, max: 1, noNaN: true}),
      b: parameter,
      c: parameter,
    }),
  );
  const frequency = fc.double({min: 0, max: 1, noNaN: true});
  fc.assert(
    fc.property(thresholds, fc.array(frequency, {minLength: 1}), frequency, (threshold, fs, lambda) => {
      const weights = tailWeights(Float64Array.from(fs).sort(), lambda, checkedThreshold(threshold));
      weights.forEach((weight, j) => {
        t.true(weight >= 0 && weight <= 1);
        t.true(j === 0 || weight <= weights[j - 1] * (1 + 1e-12));
      });
    }),
  );
});

test('a checked threshold is a copy of the parameters', (t) => {
  const given = {...EXPONENTIAL};
  const checked = checkedThreshold(given);
  given.a = 1;
  t.deepEqual(checked, EXPONENTIAL);
  t.true(Object.isFrozen(checked));
  t.is(checkedThreshold('step'), 'step');
});

test('throws for an unknown threshold, naming it', (t) => {
  const forms =
    "Expected `threshold` to be 'step', {kind: 'exponential', a, n} or {kind: 'gompertz', a, b, c}. ";
  const cases: Array<[unknown, string]> = [
    ['exponential', `${forms}Received: "exponential"`],
    [null, `${forms}Received: null`],
    [0.5, `${forms}Received: 0.5`],
    [{}, `${forms}Received: {}`],
    [{kind: 'linear', a: 1}, `${forms}Received: {"kind":"linear","a":1}`],
    // A property of every object, but no kind of threshold.
    [{kind: 'constructor'}, `${forms}Received: {"kind":"constructor"}`],
    [
      {...EXPONENTIAL, b: 3},
      'Expected the options of the exponential threshold to have known names only. Received: "b" (known: kind, a, n)',
    ],
    [
      {...GOMPERTZ, d: 3},
      'Expected the options of the gompertz threshold to have known names only. Received: "d" (known: kind, a, b, c)',
    ],
    [{kind: 'exponential', a: 400}, 'Expected `threshold.n` to be a finite number ≥ 0. Received: undefined'],
    [{kind: 'exponential', a: -1, n: 2}, 'Expected `threshold.a` to be a finite number ≥ 0. Received: -1'],
    [{...GOMPERTZ, b: '80'}, 'Expected `threshold.b` to be a finite number ≥ 0. Received: "80"'],
    [
      {...GOMPERTZ, c: Number.POSITIVE_INFINITY},
      'Expected `threshold.c` to be a finite number ≥ 0. Received: Infinity',
    ],
    [
      {...GOMPERTZ, a: 1.5},
      'Expected `threshold.a` to be at most 1, as T(f) must stay within 0 … 1. Received: 1.5',
    ],
  ];
  for (const [threshold, message] of cases) {
    t.throws(() => checkedThreshold(threshold as Threshold), {name: 'ValueError', message});
  }
});

test('invalid frequencies, λ and thresholds are rejected', (t) => {
  const one = Float64Array.of(0.5);
  const cases: Array<[unknown[], RegExp]> = [
    [[Float64Array.of(0.1, 1.5), 0.1], /`frequencies\[1\]` to be a frequency in 0 … 1. Received: 1.5$/],
    [[Float64Array.of(Number.NaN), 0.1], /`frequencies\[0\]` .* Received: NaN$/],
    [[Float64Array.of(-1e-9), 0.1, EXPONENTIAL], /`frequencies\[0\]` .* Received: -1e-9$/],
    [[['0.5'], 0.1], /`frequencies\[0\]` .* Received: "0.5"$/],
    [[[], 0.1], /`frequencies.length` /],
    [[0.5, 0.1], /`frequencies` to be an array of f_j in 0 … 1. Received: 0.5$/],
    [[undefined, 0.1], /`frequencies` .* Received: undefined$/],
    [[one, -0.1], /`lambda` to be a finite number ≥ 0. Received: -0.1$/],
    [[one, Number.NaN], /`lambda` .* Received: NaN$/],
    [[one, Number.POSITIVE_INFINITY], /`lambda` .* Received: Infinity$/],
    [[one], /`lambda` .* Received: undefined$/],
    [[one, 0.1, 'gompertz'], /`threshold` .* Received: "gompertz"$/],
    [[one, 0.1, {...GOMPERTZ, a: 2}], /`threshold.a` .* Received: 2$/],
  ];
  for (const [args, message] of cases) {
    t.throws(() => (tailWeights as (...all: unknown[]) => unknown)(...args), {name: 'ValueError', message});
  }
  t.deepEqual([...tailWeights([0.1, 0.3] as never, 0.2)], [1, 0], 'a plain array is one of frequencies');
});
