import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {readRows} from '../../../src/io/datasets/read_rows';
import {temporaryDirectory} from '../files/temporary';

const COLUMNS = ['path', 'label', 'split'];
const ROWS = [
  {path: 'a.png', label: 'cat', split: 'train'},
  {path: 'b.png', label: 'owl', split: 'test'},
];

function written(t: ExecutionContext, name: string, text: string): string {
  const file = join(temporaryDirectory(t), name);
  writeFileSync(file, text);
  return file;
}

test('reads a file by its extension, in upper or lower case', (t) => {
  const commas = 'a.png,cat,train\nb.png,owl,test\n';
  const json = ROWS.map((row) => JSON.stringify(row)).join('\n');
  const files = {
    'list.csv': commas,
    'list.CSV': commas,
    'list.tsv.csv': commas,
    'list.jsonl.csv': commas,
    'list.tsv': commas.replaceAll(',', '\t'),
    'list.csv.TSV': commas.replaceAll(',', '\t'),
    'list.jsonl': json,
    'list.csv.NDJSON': json,
  };
  for (const [name, text] of Object.entries(files)) {
    t.deepEqual(readRows(written(t, name, text), COLUMNS), ROWS, name);
  }
  for (const name of ['list.csv.txt', 'listcsv', 'list.csv2', 'list.json', 'ndjson']) {
    const file = written(t, name, commas);
    t.throws(
      () => readRows(file, COLUMNS),
      {name: 'ValueError', message: /`file` to be a \.csv, \.tsv/},
      name,
    );
  }
});

test('recognizes a header by its first two columns, in any order', (t) => {
  const read = (text: string) => readRows(written(t, 'list.csv', text), COLUMNS);
  t.deepEqual(read('label,more,path\ncat,1,a.png'), [{label: 'cat', more: '1', path: 'a.png'}]);
  t.deepEqual(read('path,cat\n'), [{path: 'path', label: 'cat', split: undefined}]);
  t.deepEqual(read('\ufeff path , label \n\n a.png , cat '), [{path: 'a.png', label: 'cat'}]);
});

test('refuses lines of JSON that are not objects, naming them', (t) => {
  const read = (text: string) => readRows(written(t, 'list.jsonl', text), COLUMNS);
  t.deepEqual(read('\n{"path": "a.png"}\n  \n{}\n'), [{path: 'a.png'}, {}]);
  for (const [text, line] of [
    ['{}\n[1]', 2],
    ['\n\nnull', 3],
    ['"a.png"', 1],
    ['{}\n{"path": ', 2],
  ] as const) {
    t.throws(() => read(text), {
      name: 'ValueError',
      message: RegExp(`line ${line} of .*list.jsonl to be a JSON`),
    });
  }
  t.throws(() => read('\n'), {name: 'ValueError', message: /to have rows. Received: none/});
});
