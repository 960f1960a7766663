import {join} from 'node:path';
import {DuckDBInstance} from '@duckdb/node-api';
import test from 'ava';
import {tableFrequency} from '../../../src/io/datasets';
import {temporaryDirectory} from '../files/temporary';

async function write(file: string, values: string, columns = 'image, label'): Promise<string> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const name = file.replaceAll("'", "''");
  await connection.run(
    `COPY (SELECT * FROM (VALUES ${values}) AS rows(${columns})) TO '${name}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  return file;
}

test('counts classes of Parquet files, by row or by image', async (t) => {
  const root = temporaryDirectory(t);
  await write(join(root, "it's 1.parquet"), "('a', 'cat'), ('a', 'cat'), ('b', 'owl')");
  await write(join(root, "it's 2.parquet"), "('c', 'cat'), ('d', NULL)");
  const files = join(root, "it's *.parquet");
  const images = await tableFrequency(files, {image: 'image'});
  t.deepEqual([images.classNames, [...images.imageCounts], images.numImages], [['cat', 'owl'], [2, 1], 4]);
  const rows = await tableFrequency(files, {classNames: ['yak', 'owl', 'cat']});
  t.deepEqual([[...rows.imageCounts], rows.numImages], [[0, 1, 3], 5]);
});

test('counts indices, and refuses wrong tables and options', async (t) => {
  const file = await write(join(temporaryDirectory(t), 'labels.parquet'), '(1, 0), (2, 2), (3, 2)');
  const counted = await tableFrequency(file, {numClasses: 4});
  t.deepEqual([counted.classNames, [...counted.imageCounts]], [undefined, [1, 0, 2, 0]]);
  const refused = (path: string, options: object, message: RegExp) =>
    t.throwsAsync(tableFrequency(path, options), {name: 'ValueError', message});
  await refused(
    file,
    {label: 'class_name'},
    /^Expected `files` that DuckDB can count in\. Received: .*class_name/,
  );
  await refused('/nowhere/*.parquet', {}, /^Expected `files` that DuckDB can count in/);
  await refused(file, {numClasses: 2}, /^Expected `class` to be an integer ≥ 0 and ≤ 1/);
  await refused(file, {names: []}, /known names only/);
});

test('reads text as indices if all of it is digits, else as names', async (t) => {
  const file = join(temporaryDirectory(t), 'labels.parquet');
  await write(file, "('a', '0'), ('b', '2'), ('c', '2')");
  const indices = await tableFrequency(file, {numClasses: 3});
  t.deepEqual([indices.classNames, [...indices.imageCounts]], [undefined, [1, 0, 2]]);
  await write(file, "('a', '101'), ('b', 'dalmatian'), ('c', '101')");
  const names = await tableFrequency(file);
  t.deepEqual(
    [names.classNames, [...names.imageCounts]],
    [
      ['101', 'dalmatian'],
      [2, 1],
    ],
  );
});

test('does not mistake a column called class for the labels', async (t) => {
  const file = join(temporaryDirectory(t), 'labels.parquet');
  await write(file, "(1, 'cat', NULL), (2, 'cat', 'train'), (3, 'owl', 'test')", 'image, label, class');
  const counted = await tableFrequency(file);
  t.deepEqual(
    [counted.classNames, [...counted.imageCounts]],
    [
      ['cat', 'owl'],
      [2, 1],
    ],
  );
  const splits = await tableFrequency(file, {label: 'class'});
  t.deepEqual([splits.classNames, [...splits.imageCounts], splits.numImages], [['test', 'train'], [1, 1], 3]);
});
