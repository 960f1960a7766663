import test from 'ava';
import {parseHTML} from 'linkedom';
import {type ClassResult, recallByFrequency} from '../../src/report/on_node';
import {COLORS, SERIES} from '../../src/report/theme';

const results: ClassResult[] = [
  {name: 'e', images: 6000, group: 'frequent', support: 40, recall: {baseline: 0.9, eql: 0.8}},
  {name: '<', images: 2, group: 'rare', support: 40, recall: {baseline: 0, eql: 0.5}},
  {name: '&', images: 2, group: 'rare', support: 40, recall: {baseline: 0.1, eql: 0.1}},
];

function dots(svg: string, color: string) {
  const {document} = parseHTML(svg);
  return [...document.querySelectorAll(`circle[fill="${color}"]`)]
    .map((dot) => ({
      x: Number(dot.getAttribute('cx')),
      y: Number(dot.getAttribute('cy')),
      r: dot.getAttribute('r'),
    }))
    .filter(({r}) => r === '4');
}

test('draws a dot per class and model, at its recall and frequency', (t) => {
  const svg = recallByFrequency(results);
  const baseline = dots(svg, COLORS.baseline);
  const eql = dots(svg, COLORS.eql);
  t.is(baseline.length, 3);
  t.is(eql.length, 3);
  // Linear in recall: three points on the same axis.
  const perPoint = (baseline[1].y - baseline[0].y) / 90;
  t.true(Math.abs(eql[1].y - (baseline[1].y - 50 * perPoint)) < 0.01);
  t.true(Math.abs(eql[0].y - (baseline[0].y + 10 * perPoint)) < 0.01);
  t.true(baseline[0].x > baseline[1].x);
  t.not(baseline[1].x, baseline[2].x, 'classes of equal count are side by side');
});

test('names are text, not markup; axes, legend and λ are labeled', (t) => {
  const {document} = parseHTML(recallByFrequency(results, {threshold: 30}));
  const texts = [...document.querySelectorAll('text')].map((text) => text.textContent);
  for (const text of ['e', '<', '&', 'cross entropy', 'EQL', 'λ: spared ←'])
    t.true(texts.includes(text), text);
  t.true(texts.some((text) => text?.includes('training samples of the class')));
  t.true(texts.some((text) => text?.includes('recall on the test set, %')));
});

test('a standalone picture has a background, an inline one takes the colors of its page', (t) => {
  const rect = (setting: 'standalone' | 'inline') => {
    const {document} = parseHTML(recallByFrequency(results, {setting}));
    return document.querySelector('svg > rect')?.getAttribute('fill') ?? null;
  };
  t.is(rect('standalone'), '#ffffff');
  t.is(rect('inline'), null);
  t.false(recallByFrequency(results, {setting: 'inline'}).includes('color="#222222"'));
});

test('leaves out names that would cover another or a dot, which remain as titles of dots', (t) => {
  const crowd = Array.from({length: 60}, (_, j): ClassResult => {
    const share = 1 - 0.02 * (j % 5);
    return {
      name: `n${j}`,
      images: 900 + 7 * (j % 20),
      group: 'frequent',
      support: 40,
      recall: {baseline: share, eql: 0.99},
    };
  });
  const {document} = parseHTML(recallByFrequency(crowd, {detail: 'classes'}));
  const dotsAt = [...document.querySelectorAll('circle[r="4"]')].map((dot) => ({
    x: Number(dot.getAttribute('cx')),
    y: Number(dot.getAttribute('cy')),
  }));
  const names = [...document.querySelectorAll('text')]
    .filter((text) => /^n\d+$/.test(text.textContent ?? ''))
    .map((text) => (text.getAttribute('transform') ?? '').match(/[\d.]+/g)?.map(Number) as number[]);
  t.true(names.length > 2 && names.length < 60, `${names.length} names`);
  for (const [i, [x, y]] of names.entries()) {
    for (const [x2, y2] of names.slice(0, i)) t.true(Math.abs(x - x2) > 9 || Math.abs(y - y2) > 8.9);
    for (const dot of dotsAt) t.true(Math.abs(x - dot.x) > 8 || Math.abs(y - dot.y) > 8);
  }
  const titles = [...document.querySelectorAll('circle > title')].map((title) => title.textContent);
  for (const {name} of crowd) t.is(titles.filter((title) => title === name).length, 2, name);
});

test('draws any number of models in the order given, each with its own color and symbol', (t) => {
  const recall = {b: 0.2, a: 0.4, c: 0.6};
  const three: ClassResult[] = [{name: 'x', images: 5, group: 'rare', support: 10, recall}];
  const {document} = parseHTML(recallByFrequency(three, {models: ['c', 'a', 'b']}));
  const dots = [...document.querySelectorAll('g[aria-label="dot"]')][0];
  const fills = [...dots.querySelectorAll('path')].map((dot) => dot.getAttribute('fill'));
  t.deepEqual(fills, SERIES.slice(0, 3) as unknown as string[]);
  const texts = [...document.querySelectorAll('text')].map((text) => text.textContent);
  t.deepEqual(texts.slice(-3), ['c', 'a', 'b']);
});

test('draws intervals of the mean over runs; leaves out classes without data', (t) => {
  const runs = [0.4, 0.6];
  const known: ClassResult = {
    name: 'x',
    images: 5,
    group: 'rare',
    support: 10,
    recall: {a: 0.5},
    recallOfRuns: {a: runs},
  };
  const unseen: ClassResult = {name: 'y', images: 0, group: 'rare', support: 0, recall: {a: NaN}};
  const {document} = parseHTML(recallByFrequency([known, unseen]));
  t.is(document.querySelectorAll('circle[r="4"]').length, 1);
  t.is(document.querySelectorAll(`g[aria-label="rule"] line[stroke="${SERIES[0]}"]`).length, 1);
  t.throws(() => recallByFrequency([unseen]), {name: 'ValueError', message: /`results`/});
});
