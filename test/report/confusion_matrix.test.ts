import test from 'ava';
import {confusionMatrix} from '../../src/report/on_node';
import {COLORS} from '../../src/report/theme';
import {readFigure} from '../helpers/figure';

const actual = [0, 0, 0, 0, 1, 1, 2];
const predicted = [0, 0, 0, 1, 0, 1, 3];

test('cells show shares of their rows, correct ones in one color and wrong ones in the other', (t) => {
  const {all, texts} = readFigure(confusionMatrix(actual, predicted));
  t.is(all(`g[aria-label="cell"] rect[fill="${COLORS.eql}"]`).length, 2);
  t.is(all(`g[aria-label="cell"] rect[fill="${COLORS.baseline}"]`).length, 3);
  const percents = texts.filter((text) => /^(75|25|50|100)$/.test(text)).sort();
  t.deepEqual(percents, ['100', '25', '50', '50', '75']);
});

test('sums all classes that are not chosen', (t) => {
  const {texts} = readFigure(
    confusionMatrix(actual, predicted, {classes: [2, 0], classNames: ['a', 'b', '<', 'd']}),
  );
  for (const text of ['a', '<', 'other', 'taken for', 'actual']) t.true(texts.includes(text), text);
  t.false(texts.includes('b'));
});

test('refuses labels and predictions that differ in number, and more than 40 classes', (t) => {
  t.throws(() => confusionMatrix([0, 1], [0]), {
    name: 'ValueError',
    message: /`predicted` to be as many classes/,
  });
  t.throws(() => confusionMatrix([], []), {name: 'ValueError'});
  const many = Array.from({length: 41}, (_, j) => j);
  t.throws(() => confusionMatrix(many, many), {
    name: 'ValueError',
    message: /`classes` to be a choice of at most 40/,
  });
});

test('classes with the same name keep separate rows', (t) => {
  const {all} = readFigure(confusionMatrix([0, 1], [0, 1], {classNames: ['same', 'same']}));
  t.is(all(`g[aria-label="cell"] rect[fill="${COLORS.eql}"]`).length, 2);
});

test('shows groups of very many classes: a prediction in the right group is correct', (t) => {
  const many = Array.from({length: 1230}, (_, j) => j);
  const shifted = many.map((j) => (j + 1) % 1230);
  const groups = many.map((j) => (j < 615 ? 'head' : 'tail'));
  const {texts, all} = readFigure(confusionMatrix(many, shifted, {groups}));
  t.true(texts.includes('head') && texts.includes('tail'));
  // 614 of 615 stay in their group.
  t.is(texts.filter((text) => text === '100').length, 2);
  t.is(all('g[aria-label="cell"] rect').length, 8);
  t.throws(() => confusionMatrix([0, 1], [0, 1], {groups: ['one']}), {
    name: 'ValueError',
    message: /`groups`/,
  });
});

test('refuses an empty choice, a repeated class and invalid classes', (t) => {
  const refused = (options: object, message: RegExp) =>
    t.throws(() => confusionMatrix(actual, predicted, options), {name: 'ValueError', message});
  refused({classes: []}, /`classes` to be an array, at least 1 long/);
  refused({classes: [0, 0]}, /`classes` to be classes without repetition/);
  refused({classes: ['x']}, /`classes`/);
  refused({groups: [0, 1]}, /`groups\[0\]` to be a string/);
  refused({class: [0]}, /"class" \(did you mean "classes"\?\)/);
});
