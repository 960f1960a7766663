import test from 'ava';
import fc from 'fast-check';
import {confusedPairs, mostConfused} from '../../src/report/on_node';
import {readFigure} from '../helpers/figure';

test('property: finds the pairs with the most samples, each counted once', (t) => {
  const classes = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), {minLength: 1, maxLength: 60});
  fc.assert(
    fc.property(classes, fc.integer({min: 1, max: 9}), (all, k) => {
      const pairs = mostConfused(
        all.map(([actual]) => actual),
        all.map(([, predicted]) => predicted),
        k,
      );
      const wrong = all.filter(([a, b]) => a !== b);
      const counts = new Map<string, number>();
      for (const [a, b] of wrong) counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1);
      const expected = [...counts.values()].sort((a, b) => b - a).slice(0, k);
      t.deepEqual(
        pairs.map(({samples}) => samples),
        expected,
      );
      for (const {actual, predicted, samples, support} of pairs) {
        t.is(samples, counts.get(`${actual} ${predicted}`) ?? 0);
        t.is(support, all.filter(([a]) => a === actual).length);
      }
    }),
  );
});

test('shows names, counts and shares, even for 1,203 classes and on a phone', (t) => {
  const many = Array.from({length: 1203}, (_, j) => j);
  const shifted = many.map((j) => (j === 1202 ? 0 : j));
  const classNames = many.map((j) => `the name of class ${j}`);
  for (const width of [640, 320]) {
    const svg = confusedPairs(many, shifted, {classNames, width});
    const {texts, all} = readFigure(svg);
    t.true(texts.includes('1 of 1 (100 %)'));
    const titles = all('title').map((title) => title.textContent);
    t.true(titles.includes('the name of class 1202 taken for the name of class 0: 1 of 1 (100 %)'));
    t.true(svg.includes(`width="${width}"`));
  }
});

test('says in words that nothing is confused; refuses empty input', (t) => {
  t.true(readFigure(confusedPairs([0, 1], [0, 1])).texts.includes('no sample is taken for another class'));
  t.throws(() => confusedPairs([], []), {name: 'ValueError', message: /`predicted`/});
  t.throws(() => confusedPairs([0], [1], {k: 0}), {name: 'ValueError', message: /`k`/});
});
