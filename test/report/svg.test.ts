import * as Plot from '@observablehq/plot';
import test from 'ava';
import '../../src/report/linkedom_document';
import {drawPanels, drawSvg} from '../../src/report/svg';
import {readFigure} from '../helpers/figure';

const plot: Plot.PlotOptions = {width: 200, height: 100, ariaLabel: 'a "b" < c', marks: [Plot.dot([[1, 2]])]};

test('escapes the label of a picture', (t) => {
  t.is(readFigure(drawSvg(plot, 'image')).label, 'a "b" < c');
});

test('an image adapts to dark mode, a file is dark on white, an inline picture has no background', (t) => {
  t.regex(drawSvg(plot, 'image'), /<style>@media \(prefers-color-scheme: dark\)/);
  t.notRegex(drawSvg(plot, 'standalone'), /<style>/);
  t.regex(drawSvg(plot, 'standalone'), /<rect class="ground"[^>]* fill="#ffffff"/);
  t.notRegex(drawSvg(plot, 'inline'), /class="ground"|color="#222222"/);
});

test('lays out panels side by side and stacked', (t) => {
  const svg = drawPanels([plot, plot, plot], 'standalone', {ariaLabel: 'three', columns: 2});
  t.regex(svg, /viewBox="0 0 400 200"/);
  const moved = readFigure(svg)
    .all('svg > g')
    .map((panel) => panel.getAttribute('transform'));
  t.deepEqual(moved, ['translate(0,0)', 'translate(200,0)', 'translate(0,100)']);
});
