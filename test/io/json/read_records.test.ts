import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {readRecords} from '../../../src/io/json/read_records';

const directory = mkdtempSync(join(tmpdir(), 'read-records-'));
test.after.always(() => rmSync(directory, {recursive: true}));

test('reads a file in chunks; errors name it', async (t) => {
  const file = join(directory, 'a.json');
  writeFileSync(file, '{"info": {"year": 2020}, "images": [{"id": 1}, {"id": 2}], "none": []}');
  for (const chunkSize of [1, 5, undefined]) {
    const found: unknown[] = [];
    const handler = {
      key: (key: string, isArray: boolean) => void found.push([key, isArray]),
      record: (value: unknown, index: number) => void found.push([value, index]),
    };
    await readRecords(file, handler, chunkSize);
    t.deepEqual(found, [
      ['info', false],
      [{year: 2020}, 0],
      ['images', true],
      [{id: 1}, 0],
      [{id: 2}, 1],
      ['none', true],
    ]);
  }
  writeFileSync(file, '{"images": [{"id": 1}, {"id"');
  const handler = {key: () => {}, record: () => {}};
  await t.throwsAsync(readRecords(file, handler), {
    name: 'ValueError',
    message: /a\.json` to have .* byte 28, in images\[1\]/,
  });
  await t.throwsAsync(readRecords(join(directory, 'none.json'), handler), {code: 'ENOENT'});
  const broken = new Error('from the handler');
  writeFileSync(file, '{"a": 1}');
  await t.throwsAsync(
    readRecords(file, {
      ...handler,
      record: () => {
        throw broken;
      },
    }),
    {is: broken},
  );
});
