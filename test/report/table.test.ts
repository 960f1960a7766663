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

test('a text table aligns its columns', (t) => {
  t.is(textTable(rows, columns), ['name     x', '────  ────', '<b>   12.0', 'c      3.3'].join('\n'));
});

test('an HTML table shows the same and escapes markup', (t) => {
  const html = htmlTable(rows, columns, 'a & b');
  t.true(html.includes('>a &amp; b</caption>'));
  t.true(html.includes('<td style="text-align: left">&lt;b&gt;</td><td>12.0</td>'));
  t.is(escapeHtml('"<&>"'), '&quot;&lt;&amp;&gt;&quot;');
});

test('text in parentheses is not broken across lines', (t) => {
  const html = htmlTable([{name: 'c (d e)', value: 1}], columns.slice(0, 1), '');
  t.true(html.includes('>c (d\u00a0e)</td>'));
});

test('names with control characters stay on one line and cannot move the cursor', (t) => {
  const table = textTable(
    [{name: 'a\nb\u001b[2J', value: 1}],
    [{...columns[0], heading: 'x\ny'}, columns[1]],
  );
  t.is(table, ['x\\ny           x', '───────────  ───', 'a\\nb\\x1b[2J  1.0'].join('\n'));
});

test('escapes markup in headings, cells and the caption', (t) => {
  const markup = '<i title="x">&';
  const html = htmlTable([{name: markup, value: 1}], [{...columns[0], heading: markup}], markup);
  t.is(html.split('&lt;i title=&quot;x&quot;&gt;&amp;').length, 4);
  t.false(html.includes('<i'));
});

test('refuses an invalid table, naming the part', (t) => {
  const tables: Record<string, (rows: unknown, columns: unknown, caption?: unknown) => string> = {
    // Passes anything.
    text: (...args) => textTable(...(args as [Row[], Column<Row>[]])),
    html: (rows, of, caption = '') => htmlTable(rows as Row[], of as Column<Row>[], caption as string),
  };
  const [column] = columns;
  for (const table of Object.values(tables)) {
    const refused = (message: RegExp, of: unknown, on: unknown = rows) =>
      t.throws(() => table(on, of), {name: 'ValueError', message});
    refused(/`rows` to be an array/, columns, 'x');
    refused(/`columns` to be an array, at least 1 long/, []);
    refused(/`columns\[0\]\.heading` to be a string/, [{...column, heading: 3}]);
    refused(/`columns\[0\]\.cell` to be a function/, [{heading: 'x'}]);
    refused(/`columns\[0\]\.align` to be one of 'left', 'right'/, [{...column, align: '"'}]);
    refused(/`columns\[0\]\.cell\(row\)` to be a string\. Received: 3/, [{...column, cell: () => 3}]);
  }
  t.throws(() => tables.html(rows, columns, 3), {message: /`caption` to be a string/});
  t.throws(() => escapeHtml(3 as never), {message: /`text` to be a string/});
});
