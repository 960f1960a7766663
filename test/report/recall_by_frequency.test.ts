import test from 'ava';
import {parseHTML} from 'linkedom';
import {type ClassResult, recallByFrequency} from '../../src/report';
import {COLORS} from '../../src/report/theme';

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

test('every class has a dot under each model, where its recall and frequency put it', (t) => {
  const svg = recallByFrequency(results);
  const baseline = dots(svg, COLORS.baseline);
  const eql = dots(svg, COLORS.eql);
  t.is(baseline.length, 3);
  t.is(eql.length, 3);
  // Linear in recall: three points of the same axis.
  const perPoint = (baseline[1].y - baseline[0].y) / 90;
  t.true(Math.abs(eql[1].y - (baseline[1].y - 50 * perPoint)) < 0.01);
  t.true(Math.abs(eql[0].y - (baseline[0].y + 10 * perPoint)) < 0.01);
  t.true(baseline[0].x > baseline[1].x);
  t.not(baseline[1].x, baseline[2].x, 'classes of one count lie side by side');
});

test('names are text, not markup, and axes, legend and λ are named', (t) => {
  const {document} = parseHTML(recallByFrequency(results, {threshold: 30}));
  const texts = [...document.querySelectorAll('text')].map((text) => text.textContent);
  for (const text of ['e', '<', '&', 'cross entropy', 'EQL', 'λ: rare ←']) t.true(texts.includes(text), text);
  t.true(texts.some((text) => text?.includes('training samples of the class')));
  t.true(texts.some((text) => text?.includes('recall on the test set, %')));
});

test('a standalone picture has a background, an inline one takes the colours of its page', (t) => {
  const rect = (setting: 'standalone' | 'inline') => {
    const {document} = parseHTML(recallByFrequency(results, {setting}));
    return document.querySelector('svg > rect')?.getAttribute('fill') ?? null;
  };
  t.is(rect('standalone'), '#ffffff');
  t.is(rect('inline'), null);
  t.false(recallByFrequency(results, {setting: 'inline'}).includes('color="#222222"'));
});
