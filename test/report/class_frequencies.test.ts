import test from 'ava';
import {ClassFrequency} from '../../src/frequency';
import {classFrequencies} from '../../src/report/on_node';
import {GROUPS} from '../../src/report/theme';
import {readFigure} from '../helpers/figure';

const freqInfo = new ClassFrequency({
  imageCounts: [10, 1000, 100, 0],
  numImages: 2000,
  classNames: ['b', 'a', '<', 'none'],
});

/** Positions of a group's symbols. */
function places(svg: string, {color}: {color: string}) {
  const {all} = readFigure(svg);
  const signs = all('path[transform], circle').filter((sign) => {
    const fill = sign.getAttribute('fill') ?? sign.parentElement?.getAttribute('fill');
    return fill === color;
  });
  return signs.flatMap((sign) => {
    const [, x, y] = sign.getAttribute('transform')?.match(/translate\(([\d.]+),([\d.]+)\)/) ?? [];
    return x === undefined
      ? [{x: Number(sign.getAttribute('cx')), y: Number(sign.getAttribute('cy'))}]
      : [{x: Number(x), y: Number(y)}];
  });
}

test('places classes by frequency on a logarithmic axis, with the symbol of their group', (t) => {
  const svg = classFrequencies(freqInfo);
  // The last symbol of each group is a class's; the first may be the legend's.
  const [rare, common, frequent] = GROUPS.map((group) => places(svg, group).find(({y}) => y > 60)!);
  t.true(frequent.x < common.x && common.x < rare.x);
  t.true(
    Math.abs(rare.y - common.y - (common.y - frequent.y)) < 1e-6,
    'a factor of ten is the same everywhere',
  );
});

test('labels groups, axes, λ and classes', (t) => {
  const {texts, label} = readFigure(classFrequencies(freqInfo, {lambda: 0.02}));
  for (const text of ['rare', 'common', 'frequent', 'a', '<', 'λ = 0.0200: below, a class is spared']) {
    t.true(texts.includes(text), text);
  }
  t.true(texts.some((text) => text.includes('images that hold the class')));
  t.false(texts.includes('none'), 'a logarithmic axis cannot show a class without images');
  t.regex(label!, /Classes by how often/);
});

test('plain frequencies have no groups, and λ is in their unit', (t) => {
  const lineAt = (svg: string) =>
    readFigure(svg).all('line[stroke-dasharray]')[0] ?? readFigure(svg).all('[stroke-dasharray] line')[0];
  const plain = classFrequencies([0.005, 0.5, 0.05], {lambda: 0.02});
  const counted = classFrequencies(new ClassFrequency({imageCounts: [10, 1000, 100], numImages: 2000}), {
    lambda: 0.02,
  });
  t.is(lineAt(plain).getAttribute('y1'), lineAt(counted).getAttribute('y1'));
  t.false(readFigure(plain).texts.includes('rare'));
});

test('refuses wrong options', (t) => {
  const refused = (options: object, message: RegExp, of: typeof freqInfo | number[] = freqInfo) =>
    t.throws(() => classFrequencies(of, options), {name: 'ValueError', message});
  for (const lambda of [Number.NaN, -1, 'x']) refused({lambda}, /`lambda` to be a finite number ≥ 0/);
  refused({bounds: [{name: 'all'}]}, /`bounds` to be absent, as plain frequencies have no groups/, [0.1]);
  refused({lamda: 0.1}, /did you mean "lambda"/);
});
