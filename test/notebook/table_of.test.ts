import test from 'ava';
import {parseHTML} from 'linkedom';
import {tableOf} from '../../src/notebook/table_of';

function cells(html: string): string[][] {
  const {document} = parseHTML(html);
  return [...document.querySelectorAll('tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? ''),
  );
}

test('makes a column per key; integers stay integers, other numbers share their decimals', (t) => {
  const rows = [
    {class: '<e>', images: 12_345, recall: 1, right: true},
    {class: 'z', images: 3, recall: -0.125, right: false},
  ];
  t.deepEqual(cells(tableOf(rows, {digits: 3})), [
    ['class', 'images', 'recall', 'right'],
    ['<e>', '12,345', '1.000', 'true'],
    ['z', '3', '−0.125', 'false'],
  ]);
});

test('aligns numbers right and text left; escapes the caption', (t) => {
  const html = tableOf([{name: 'a', n: 1}], {caption: 'a < b'});
  t.regex(html, /<td style="text-align: left">a<\/td><td>1<\/td>/);
  t.regex(html, /a &lt; b<\/caption>/);
});

test('refuses a table without rows', (t) => {
  for (const rows of [[], undefined]) {
    t.throws(() => tableOf(rows as never), {
      name: 'ValueError',
      message: /`rows` to be an array of at least/,
    });
  }
});

test('refuses unknown options, invalid digits, and cells that are not text', (t) => {
  const refused = (message: RegExp, options: unknown, rows: unknown = [{a: 1}]) =>
    t.throws(() => tableOf(rows as never, options as never), {name: 'ValueError', message});
  refused(/"foo"/, {foo: 1});
  refused(/`options` to be an object/, null);
  refused(/`caption` to be a string/, {caption: 3});
  for (const digits of [-1, 1.5, 101]) refused(/`digits` to be an integer ≥ 0 and ≤ 100/, {digits});
  refused(/`rows\[1\]` to be an object/, {}, [{a: 1}, null]);
  refused(/`rows\[0\]\.a` to be a string, a number, true or false/, {}, [{a: {}}]);
});
