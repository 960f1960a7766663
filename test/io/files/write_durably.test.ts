import {mkdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {nodeFiles} from '../../../src/io/files/file_operations';
import {writeDurably} from '../../../src/io/files/write_durably';
import {watchedFiles} from './failing_files';
import {temporaryDirectory} from './temporary';

const shards = () => [Uint8Array.of(1, 2).buffer, Uint8Array.of().buffer, Uint8Array.of(3).buffer];
const unlessWindows = process.platform === 'win32' ? test.skip : test;

test('writes the same bytes to each path, reading the source once, in order', async (t) => {
  const directory = temporaryDirectory(t);
  const paths = ['a', 'b'].map((name) => join(directory, name));
  const seen: number[] = [];
  await writeDurably(nodeFiles, paths, shards(), undefined, (chunk) => seen.push(...chunk));
  for (const path of paths) t.deepEqual([...readFileSync(path)], [1, 2, 3]);
  t.deepEqual(seen, [1, 2, 3]);
});

test('does not overwrite an existing file', async (t) => {
  const directory = temporaryDirectory(t);
  mkdirSync(join(directory, 'a'));
  await t.throwsAsync(writeDurably(nodeFiles, [join(directory, 'a')], shards(), undefined), {code: 'EEXIST'});
});

unlessWindows("a private model's file is unreadable to others while it is written", async (t) => {
  const directory = temporaryDirectory(t);
  const path = join(directory, 'a');
  const modes: number[] = [];
  const files = watchedFiles((operation) => {
    if (operation === 'writeFile') modes.push(statSync(path).mode & 0o777);
  });
  const {uid, gid} = statSync(directory);
  await writeDurably(files, [path], shards(), {mode: 0o100640, uid, gid});
  t.deepEqual([...new Set(modes)], [0o600]);
  t.is(statSync(path).mode & 0o7777, 0o640);
});

unlessWindows('ignores an owner that cannot be set, but not permissions', async (t) => {
  const directory = temporaryDirectory(t);
  const failing = (name: string) =>
    watchedFiles((operation) => {
      if (operation === name) throw Object.assign(new Error(name), {code: 'EPERM'});
    });
  const {uid, gid} = statSync(directory);
  const access = {mode: 0o600, uid: uid + 1, gid};
  await t.notThrowsAsync(writeDurably(failing('chown'), [join(directory, 'a')], shards(), access));
  await t.throwsAsync(writeDurably(failing('chmod'), [join(directory, 'b')], shards(), access), {
    message: 'chmod',
  });
});

unlessWindows('sets the owner only if user or group differ', async (t) => {
  const directory = temporaryDirectory(t);
  const probe = join(directory, 'probe');
  await writeDurably(nodeFiles, [probe], shards(), undefined);
  const {uid, gid} = statSync(probe);
  for (const [i, access, wanted] of [
    [0, {uid, gid}, []],
    [1, {uid: uid + 1, gid}, [[uid + 1, gid]]],
    [2, {uid, gid: gid + 1}, [[uid, gid + 1]]],
  ] as const) {
    const owners: unknown[] = [];
    const files = watchedFiles((operation, args) => {
      if (operation === 'chown') owners.push(args);
    });
    await writeDurably(files, [join(directory, String(i))], shards(), {mode: 0o600, ...access});
    t.deepEqual(owners, [...wanted]);
  }
});

test('syncs all files, and closes them even if that fails', async (t) => {
  const directory = temporaryDirectory(t);
  const paths = ['a', 'b'].map((name) => join(directory, name));
  let [synced, open] = [0, 0];
  const files = watchedFiles((operation) => {
    if (operation === 'open') open++;
    if (operation === 'close') open--;
    if (operation === 'sync' && ++synced === 2) throw new Error('sync');
  });
  await t.throwsAsync(writeDurably(files, paths, shards(), undefined), {message: 'sync'});
  t.is(open, 0);
});
