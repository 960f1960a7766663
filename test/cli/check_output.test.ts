import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {checkFile, checkFolder} from '../../src/cli/check_output';
import {temporaryDirectory} from '../io/files/temporary';

test('accepts writable paths, and leaves them unchanged', (t) => {
  const root = temporaryDirectory(t);
  mkdirSync(join(root, 'here'));
  writeFileSync(join(root, 'here/page.html'), 'as it was');
  checkFolder('--out', join(root, 'here'));
  checkFolder('--out', join(root, 'here/deep/deeper'));
  checkFile('--html', join(root, 'here/page.html'));
  checkFile('--html', join(root, 'here/new.html'));
  checkFile('--html', join(root, 'there/new.html'));
  t.deepEqual(readdirSync(root), ['here']);
  t.deepEqual(readdirSync(join(root, 'here')), ['page.html']);
  t.is(readFileSync(join(root, 'here/page.html'), 'utf8'), 'as it was');
  if (existsSync('/dev/null')) checkFile('--html', '/dev/null');
});

test('refuses unwritable paths, naming the flag, and leaves nothing behind', (t) => {
  const root = temporaryDirectory(t);
  const [file, folder] = [join(root, 'file'), join(root, 'folder')];
  writeFileSync(file, '');
  mkdirSync(folder);
  const refused = (check: typeof checkFile, path: string, kind: string, reason: string) => {
    const {message} = t.throws(() => check('--out', path), {name: 'CommandError'});
    const start = `Expected --out to be ${kind} that can be written to. Received: ${path} (`;
    t.true(message.startsWith(start) && message.includes(reason), message);
  };
  refused(checkFolder, file, 'a folder', 'is a file');
  refused(checkFolder, join(file, 'deep/deeper'), 'a folder', 'ENOTDIR');
  refused(checkFile, folder, 'a file', 'is a folder');
  refused(checkFile, join(file, 'page.html'), 'a file', 'E');
  // A name that is too long, below a folder that could be created.
  refused(checkFolder, join(root, 'new', 'x'.repeat(300)), 'a folder', 'ENAMETOOLONG');
  if (process.platform === 'linux') refused(checkFolder, '/proc/longtail/out', 'a folder', 'ENOENT');
  if (process.getuid?.() !== 0) {
    chmodSync(folder, 0o555);
    refused(checkFolder, folder, 'a folder', 'EACCES');
    refused(checkFile, join(folder, 'page.html'), 'a file', 'EACCES');
    chmodSync(folder, 0o755);
  }
  t.deepEqual(readdirSync(root).sort(), ['file', 'folder']);
});
