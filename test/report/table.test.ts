import test from 'ava';
import {type Column, escapeHtml, htmlTable, textTable} from '../../src/report/on_node';

interface Row {
  name: string;
  value: number;
}

const columns: Column<Row>[] = [
  {heading: 'name', cell: ({name}) => name, align: 'left'},
  {heading: 'x', cell: ({value}) => value.toFixed(1)},
];
const rows = [
  {name: '<b>', value: 12},
  {name: 'c', value: 3.25},
];

test('a text table lines its columns up', (t) => {
  t.is(textTable(rows, columns), ['name     x', '────  ────', '<b>   12.0', 'c      3.3'].join('\n'));
});

test('an HTML table shows the same and lets no markup through', (t) => {
  const html = htmlTable(rows, columns, 'a & b');
  t.true(html.includes('>a &amp; b</caption>'));
  t.true(html.includes('<td style="text-align: left">&lt;b&gt;</td><td>12.0</td>'));
  t.is(escapeHtml('"<&>"'), '&quot;&lt;&amp;&gt;&quot;');
});

test('what stands in parentheses is not broken over two lines', (t) => {
  const html = htmlTable([{name: 'c (d e)', value: 1}], columns.slice(0, 1), '');
  t.true(html.includes('>c (d\u00a0e)</td>'));
});
