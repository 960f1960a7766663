import test from 'ava';
import {parseHTML} from 'linkedom';
import {reportHtml} from '../../../models/moby-dick/report_html';

test('a report is one file that needs no other', (t) => {
  const html = reportHtml(
    'A <title>',
    'lead',
    [{heading: 'One & two', text: 'why', content: '<p id="x">y</p>'}],
    'foot',
  );
  const {document} = parseHTML(html);
  t.is(document.querySelector('h1')?.textContent, 'A <title>');
  t.is(document.querySelector('h2')?.textContent, 'One & two');
  t.is(document.querySelector('figure #x')?.textContent, 'y');
  t.is(document.querySelectorAll('link, script, img[src^="http"]').length, 0);
  t.true(html.includes('color-scheme: light dark'));
});
