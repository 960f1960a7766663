import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {makeDirectory, syncDirectory} from '../../../src/io/files/directories';
import {watchedFiles} from './failing_files';
import {temporaryDirectory} from './temporary';

const unlessWindows = process.platform === 'win32' ? test.skip : test;

function synced() {
  const paths: string[] = [];
  let opened = '';
  const files = watchedFiles((operation, [path]) => {
    if (operation === 'open') opened = String(path);
    if (operation === 'sync') paths.push(opened);
  });
  return {files, paths};
}

unlessWindows('syncs the parents of new directories, and no others', async (t) => {
  const root = temporaryDirectory(t);
  const {files, paths} = synced();
  await makeDirectory(files, join(root, 'a/b/c'));
  t.deepEqual(paths, [join(root, 'a/b'), join(root, 'a'), root]);
  await makeDirectory(files, join(root, 'a/b/c'));
  t.is(paths.length, 3);
  await makeDirectory(files, join(root, 'a/b/d'));
  t.deepEqual(paths.slice(3), [join(root, 'a/b')]);
});

unlessWindows('ignores that the system cannot sync a directory, and passes on other errors', async (t) => {
  const root = temporaryDirectory(t);
  const failing = (code: string) =>
    watchedFiles((operation) => {
      if (operation === 'sync') throw Object.assign(new Error(code), {code});
    });
  for (const code of ['EINVAL', 'EPERM', 'ENOTSUP'])
    await t.notThrowsAsync(syncDirectory(failing(code), root));
  await t.throwsAsync(syncDirectory(failing('EIO'), root), {message: 'EIO'});
});

test('names a file that is in the way', async (t) => {
  const root = temporaryDirectory(t);
  mkdirSync(join(root, 'a'));
  writeFileSync(join(root, 'a/file'), '');
  const {files} = synced();
  await t.throwsAsync(makeDirectory(files, join(root, 'a/file')), {name: 'ValueError', message: /a\/file/});
});
