import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {DuckDBInstance} from '@duckdb/node-api';
import test from 'ava';
import {ClassFrequency, freqInfoFromCounts} from '../../src';
import {tableFrequency} from '../../src/io/datasets';
import {temporaryDirectory} from '../io/files/temporary';

const guide = readFileSync(join(__dirname, '../../docs/label-tables.md'), 'utf8');
const blocks = [...guide.matchAll(/^```sql (\w+)\n([\s\S]*?)^```$/gm)].map(([, dialect, sql]) => ({
  dialect,
  sql,
}));
/** What follows FROM in each dialect, which DuckDB knows only its own of. */
const SOURCES: Record<string, RegExp> = {
  duckdb: /'labels\/\*\.parquet'/g,
  spark: /parquet\.`labels`/g,
  bigquery: /`project\.dataset\.labels`/g,
};
// a: a cat and an owl, twice; d: background.
const ROWS = "('a', 'cat'), ('a', 'owl'), ('a', 'owl'), ('b', 'cat'), ('c', 'yak'), ('d', NULL)";
const classNames = ['cat', 'emu', 'owl', 'yak'];
const expected = new ClassFrequency({imageCounts: [2, 0, 1, 1], numImages: 4, classNames});

async function inDuckDB<T>(use: (query: (sql: string) => Promise<Record<string, unknown>[]>) => Promise<T>) {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    return await use(async (sql) => (await connection.runAndReadAll(sql)).getRowObjects());
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function writeLabels(folder: string): Promise<string> {
  const file = join(folder, 'labels.parquet');
  const rows = `SELECT * FROM (VALUES ${ROWS}) AS rows(image, label)`;
  await inDuckDB((query) => query(`COPY (${rows}) TO '${file}' (FORMAT parquet)`));
  return file;
}

test('the guide has the SQL of each dialect', (t) => {
  t.deepEqual(
    blocks.map(({dialect}) => dialect),
    Object.keys(SOURCES),
  );
});

for (const {dialect, sql} of blocks) {
  test(`the SQL for ${dialect} counts images by class`, async (t) => {
    const file = await writeLabels(temporaryDirectory(t));
    const queries = sql
      .replace(SOURCES[dialect], `'${file}'`)
      .split(';')
      .map((query) => query.trim());
    t.deepEqual([queries.length, queries.pop()], [3, '']);
    t.false(queries.join().includes('`'), 'every source was replaced');
    const [rows, [{numImages}]] = await inDuckDB(async (query) => [
      await query(queries[0]),
      await query(queries[1]),
    ]);
    t.deepEqual(freqInfoFromCounts(rows as never, {numImages: numImages as bigint, classNames}), expected);
  });
}

test('tableFrequency counts the same', async (t) => {
  const file = await writeLabels(temporaryDirectory(t));
  t.deepEqual(await tableFrequency(file, {image: 'image', classNames}), expected);
});
