import * as Plot from '@observablehq/plot';
import test from 'ava';
import {parseHTML} from 'linkedom';
import {plotElement} from '../../src/report/plot_element';

test('draws with the elements of the given document, without a style sheet', (t) => {
  const {document} = parseHTML('<!doctype html><html><body></body></html>');
  const svg = plotElement({marks: [Plot.dot([[1, 2]])], title: 'a title'}, document as never);
  t.is(svg.ownerDocument as unknown, document as unknown);
  t.is(svg.nodeName.toLowerCase(), 'svg', 'not a figure around it');
  t.is(svg.querySelectorAll('circle').length, 1);
  t.is(svg.querySelectorAll('style').length, 0);
});
