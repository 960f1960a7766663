import test from 'ava';
import {compareModels, recallByFrequency} from '../../src/report/on_node';
import {modelsOf, requireResults} from '../../src/report/require_results';

const result = {name: 'cat', images: 3, group: 'rare', support: 2, recall: {a: 1, b: Number.NaN}};

test('accepts results and models in them', (t) => {
  t.deepEqual(modelsOf([result]), ['a', 'b']);
  t.deepEqual(modelsOf(undefined as never), []);
  t.notThrows(() => requireResults([result], ['b']));
  t.notThrows(() => requireResults([{...result, recallOfRuns: {a: [1, 1]}}], ['a', 'b']));
});

test('refuses anything else, naming its path', (t) => {
  const wrong: [results: unknown, message: RegExp][] = [
    [undefined, /`results` to be an array/],
    [[], /`results` to be an array, at least 1 long/],
    [[result, 3], /`results\[1\]` to be an object/],
    [[{...result, images: '3'}], /`results\[0\]\.images` to be a finite number ≥ 0/],
    [[{...result, recall: {a: 2}}], /`results\[0\]\.recall\.a` to be a number in 0 … 1/],
    [[{...result, recallOfRuns: {a: []}}], /`results\[0\]\.recallOfRuns\.a` to be an array, at least 1 long/],
    [[{...result, recallOfRuns: {a: [1, 'x']}}], /`results\[0\]\.recallOfRuns\.a\[1\]`/],
  ];
  for (const [results, message] of wrong) {
    t.throws(() => requireResults(results as never, ['a']), {name: 'ValueError', message});
  }
  for (const model of ['c', 'constructor']) {
    t.throws(() => requireResults([result], [model]), {
      message: /`models` to be models that the results hold/,
    });
  }
  t.throws(() => requireResults([result], 'ab' as never), {message: /`models` to be an array/});
});

test('a model may be named like an inherited property', (t) => {
  const results = [{...result, recall: {constructor: 0.5, b: 1}, recallOfRuns: {b: [1, 1]}}];
  const [{models}] = compareModels(results, ['rare']);
  t.deepEqual(models[0].accuracy, {mean: 50});
  t.notThrows(() => recallByFrequency(results));
});
