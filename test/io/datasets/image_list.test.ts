import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {type ImageListOptions, imageList} from '../../../src/io/datasets';
import {temporaryDirectory} from '../files/temporary';
import {writeFolder} from './pictures';

const ROWS = [
  ['a/000.png', 'owl', 'train'],
  ['a/001.png', 'cat', 'train'],
  ['b/000.png', 'cat', 'val'],
  ['b/001.png', 'owl', 'test'],
];

test('lists in any format give the same data', async (t) => {
  const root = await writeFolder(temporaryDirectory(t), {a: 2, b: 2});
  const csv = ROWS.map((row) => row.join(',')).join('\n');
  const jsonl = ROWS.map(([path, label, split]) => JSON.stringify({path, label, split})).join('\n');
  const files = {
    'header.csv': `\ufeffpath,label,split\n${csv}\n`,
    'bare.csv': csv,
    'tabs.tsv': `split\tlabel\tpath\n${ROWS.map(([path, label, split]) => [split, label, `"${path}"`].join('\t')).join('\r\n')}`,
    'rows.jsonl': `${jsonl}\n\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(root, name), text);
    const {train, validation, test: tested, classNames} = await imageList(join(root, name), {imageSize: 2});
    t.deepEqual(classNames, ['cat', 'owl'], name);
    t.deepEqual([[...train.labels], [...validation!.labels], [...tested!.labels]], [[1, 0], [0], [1]], name);
    t.is(train.nameOf(0), join(root, 'a/000.png'));
    const {value} = await (await train.iterator()).next();
    t.deepEqual(value.xs.shape, [2, 2, 2, 3]);
    tf.dispose(value);
  }
});

test('labels are indices if all of them have one to seven digits, otherwise names', async (t) => {
  const root = await writeFolder(temporaryDirectory(t), {a: 2});
  const read = async (first: string, second: string) => {
    const file = join(root, 'list.csv');
    writeFileSync(file, `path,label\na/000.png,${first}\na/001.png,${second}\n`);
    const {train, classNames} = await imageList(file, {imageSize: 2});
    return [classNames, [...train.labels]];
  };
  t.deepEqual(await read('0', '2'), [
    ['0', '1', '2'],
    [0, 2],
  ]);
  for (const names of [
    ['1st', '2nd'],
    ['no1', 'no2'],
    ['0', 'cat'],
    ['10000000', '20000000'],
  ]) {
    t.deepEqual(await read(names[1], names[0]), [names, [1, 0]]);
  }
});

test('labels may be indices, columns may be renamed, and files may be elsewhere', async (t) => {
  const root = temporaryDirectory(t);
  const file = join(root, 'list.jsonl');
  const rows = [0, 2, 2, 0, 0, 10].map((target, i) => JSON.stringify({file_name: `${i}.png`, target}));
  writeFileSync(file, rows.join('\n'));
  const options = {
    imageSize: 2,
    columns: {path: 'file_name', label: 'target'},
    root: '/pictures',
    split: {test: 0.3},
  };
  const {train, test: tested} = await imageList(file, options);
  t.deepEqual(
    train.classNames,
    Array.from({length: 11}, (_, j) => String(j)),
  );
  t.deepEqual(
    [...train.freqInfo.imageCounts]
      .map((count, j) => count + tested!.freqInfo.imageCounts[j])
      .filter(Boolean),
    [3, 2, 1],
  );
  t.true(train.nameOf(0).startsWith('/pictures/'));
  const names = Array.from({length: 11}, (_, j) => `n${j}`);
  const {train: named} = await imageList(file, {...options, classNames: names});
  t.is(named.counts.n0, 2);
});

test('refuses a malformed list, naming the row', async (t) => {
  const root = temporaryDirectory(t);
  const refused = async (
    name: string,
    text: string,
    message: RegExp,
    more: Partial<ImageListOptions> = {},
  ) => {
    writeFileSync(join(root, name), text);
    await t.throwsAsync(imageList(join(root, name), {imageSize: 2, ...more}), {name: 'ValueError', message});
  };
  await refused(
    'a.csv',
    'path,label\na.png,cat\n,owl',
    /^Expected row 2 of .*a\.csv to have a `path`\. Received: ""/,
  );
  await refused(
    'b.jsonl',
    '{"path": "a.png"}',
    /^Expected row 1 of .*b\.jsonl to have a `label`\. Received: undefined/,
  );
  await refused(
    'c.jsonl',
    '{"path": "a.png", "label": 0}\n[1]',
    /^Expected line 2 of .* to be a JSON object/,
  );
  await refused(
    'd.csv',
    'a.png,cat,train\nb.png,owl,later',
    /`split`: train, validation or test\. Received: "later"/,
  );
  await refused('e.csv', 'path,label\n"a.png,cat', /^Expected .*e\.csv to be a CSV file/);
  await refused('f.csv', '', /to have rows\. Received: none/);
  await refused('g.csv', 'a.png,cat\nb.png,cat', /^Expected images of two classes or more/);
  await refused('h.csv', 'a.png,cat,train\nb.png,owl,train', /^Expected `split` to be left out/, {
    split: {test: 0.1},
  });
  await refused('i.csv', 'a.png,0\nb.png,5', /^Expected `label` to be an index < 2 \(row 2 of/, {
    classNames: ['x', 'y'],
  });
  await refused('j.txt', 'a.png,0', /^Expected `file` to be a \.csv/);
  await t.throwsAsync(imageList(join(root, 'none.csv'), {imageSize: 2}), {
    message: /^Expected `file` to be readable/,
  });
});
