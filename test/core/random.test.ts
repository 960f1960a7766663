import test from 'ava';
import {Random} from '../../src/core/random';

const draw = (seed: number, n: number) => {
  const random = new Random(seed);
  return Array.from({length: n}, () => random.next());
};

test('the same seed gives the same numbers, neighboring seeds unrelated ones', (t) => {
  t.deepEqual(draw(7, 100), draw(7, 100));
  const [a, b] = [draw(7, 4000), draw(8, 4000)];
  const product = a.reduce((sum, value, i) => sum + (value - 0.5) * (b[i] - 0.5), 0) / a.length;
  t.true(Math.abs(12 * product) < 0.06, `correlation ${12 * product}`);
});

test('numbers are uniform on [0, 1)', (t) => {
  const bins = new Array(10).fill(0);
  for (const value of draw(1, 10_000)) bins[Math.floor(10 * value)]++;
  const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  // 27.9 is the 99.9 % point with 9 degrees of freedom.
  t.true(chiSquare < 27.9, `chi-square ${chiSquare}`);
});

test('between and below stay in their ranges and reach all of them', (t) => {
  const random = new Random(3);
  const whole = new Set(Array.from({length: 200}, () => random.below(5)));
  t.deepEqual([...whole].sort(), [0, 1, 2, 3, 4]);
  for (let i = 0; i < 200; i++) {
    const value = random.between(-2, 3);
    t.true(value >= -2 && value < 3);
  }
});

test('shuffle keeps the items and puts each in every position equally often', (t) => {
  const random = new Random(5);
  const firsts = [0, 0, 0];
  for (let i = 0; i < 3000; i++) {
    const items = random.shuffle([0, 1, 2]);
    t.is(
      items.reduce((sum, item) => sum + item),
      3,
    );
    firsts[items[0]]++;
  }
  for (const count of firsts) t.true(Math.abs(count - 1000) < 100, `${firsts}`);
});

test('the same parts identify the same source, others unrelated ones', (t) => {
  const numbers = (...parts: (number | string)[]) => {
    const random = Random.of(...parts);
    return Array.from({length: 4000}, () => random.next());
  };
  const first = numbers(1, 'order', 2);
  t.deepEqual(numbers(1, 'order', 2), first);
  for (const other of [
    [1, 'order', 3],
    [2, 'order', 2],
    [1, 'order', 2, 0],
    [1, 'mixup', 2],
    [2 ** 32 + 1, 'order', 2],
    [-1, 'order', 2],
  ]) {
    const product =
      numbers(...other).reduce((sum, value, i) => sum + (value - 0.5) * (first[i] - 0.5), 0) / 4000;
    t.true(Math.abs(12 * product) < 0.06, `${other}: correlation ${12 * product}`);
  }
});

test('the first numbers of neighboring sources are uniform and independent', (t) => {
  const bins = new Array(100).fill(0);
  for (let epoch = 0; epoch < 20_000; ++epoch) {
    const [a, b] = [Random.of(0, 'order', epoch).next(), Random.of(0, 'order', epoch + 1).next()];
    ++bins[10 * Math.floor(10 * a) + Math.floor(10 * b)];
  }
  const chiSquare = bins.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
  // 148.2 is the 99.9 % point with 99 degrees of freedom.
  t.true(chiSquare < 148.2, `chi-square ${chiSquare}`);
});
