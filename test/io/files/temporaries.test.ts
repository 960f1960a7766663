import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  type PathLike,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {threadId} from 'node:worker_threads';
import test from 'ava';
import {type FileOperations, nodeFiles} from '../../../src/io/files/file_operations';
import {removeLeftovers, Temporaries} from '../../../src/io/files/temporaries';
import {temporaryDirectory} from './temporary';

const RANDOM = '0123456789ab';
const HOUR = 3600;
const deadPid = spawnSync(process.execPath, ['-e', '0']).pid;
const own = new Temporaries();
const [, thisHost] = /^\.tfjs-longtail-([0-9a-f]{8})-/.exec(own.name('json')) ?? [];
own.end();

interface Owner {
  host?: string;
  pid?: number;
  thread?: number;
}

function leftover(directory: string, kind: string, owner: Owner, age = 0, text = ''): string {
  const {host = thisHost, pid = process.pid, thread = threadId} = owner;
  const path = join(directory, `.tfjs-longtail-${host}-${pid}-${thread}-${RANDOM}.${kind}`);
  writeFileSync(path, text);
  const time = Date.now() / 1000 - age;
  utimesSync(path, time, time);
  return path;
}

/** Whether a file of that owner and age (in seconds) survives `removeLeftovers`; checks its return value too. */
async function survives(directory: string, kind: string, owner: Owner, age = 0) {
  const path = leftover(directory, kind, owner, age);
  const others = await removeLeftovers(nodeFiles, directory);
  if (others !== (existsSync(path) && !/ing$/.test(kind)))
    throw new Error(`${path}: another save, or a leftover?`);
  return existsSync(path);
}

for (const kind of ['weights', 'json', 'saving', 'clearing']) {
  test(`${kind} files are removed if their process is dead, and kept while it may be alive`, async (t) => {
    const directory = temporaryDirectory(t);
    t.false(await survives(directory, kind, {pid: deadPid}), 'a dead process');
    t.false(await survives(directory, kind, {}), 'an earlier process that had this process id');
    t.true(await survives(directory, kind, {pid: process.ppid}), 'a living process');
    t.true(await survives(directory, kind, {thread: threadId + 1}), 'another thread');
    t.true(await survives(directory, kind, {host: '00000000', pid: deadPid}), 'another machine');
  });

  test(`${kind} files of any owner are removed after an hour without a write`, async (t) => {
    const directory = temporaryDirectory(t);
    for (const owner of [{pid: process.ppid}, {thread: threadId + 1}, {host: '00000000'}]) {
      t.true(await survives(directory, kind, owner, 0.9 * HOUR));
      t.false(await survives(directory, kind, owner, 1.1 * HOUR));
      t.true(await survives(directory, kind, owner, -0.9 * HOUR), 'a clock that is ahead');
      t.false(await survives(directory, kind, owner, -100_000 * HOUR), 'a time far in the future');
    }
  });
}

test('looks up marks of version 0.1, which identified hosts only by name, on this host', async (t) => {
  const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const directory = temporaryDirectory(t);
  t.false(await survives(directory, 'saving', {host, pid: deadPid}));
  t.true(await survives(directory, 'saving', {host, pid: process.ppid}));
});

test("keeps files of this thread's saves until they end", async (t) => {
  const directory = temporaryDirectory(t);
  const temporaries = new Temporaries();
  const path = join(directory, temporaries.name('weights'));
  writeFileSync(path, '');
  utimesSync(path, 0, 0);
  t.true(await removeLeftovers(nodeFiles, directory));
  t.true(existsSync(path));
  temporaries.end();
  t.false(await removeLeftovers(nodeFiles, directory));
  t.false(existsSync(path));
});

test('restores weights that were about to be removed, unless they exist again or may exist', async (t) => {
  const directory = temporaryDirectory(t);
  const name = '0123456789abcdef';
  leftover(directory, `${name}.old`, {pid: deadPid}, 0, 'content');
  await removeLeftovers(nodeFiles, directory);
  t.deepEqual(readdirSync(directory), [`weights.${name}.bin`]);
  const path = join(directory, `weights.${name}.bin`);
  const lstat = async (file: PathLike) => {
    if (file === path) throw Object.assign(new Error('broken disk'), {code: 'EIO'});
    return nodeFiles.lstat(file);
  };
  const cannotTell: FileOperations = Object.assign({}, nodeFiles, {lstat});
  for (const files of [nodeFiles, cannotTell]) {
    leftover(directory, `${name}.old`, {pid: deadPid}, 0, 'other content');
    await removeLeftovers(files, directory);
    t.deepEqual(readdirSync(directory), [`weights.${name}.bin`]);
    t.is(readFileSync(path, 'utf8'), 'content');
  }
});

test('keeps files that only resemble ours, and does not count them as a save', async (t) => {
  const directory = temporaryDirectory(t);
  const name = (kind: string, pid: number | string = deadPid) =>
    `.tfjs-longtail-${thisHost}-${pid}-0-${RANDOM}.${kind}`;
  for (const kind of ['saving', 'clearing', 'weights', 'json']) mkdirSync(join(directory, name(kind)));
  symlinkSync('nowhere', join(directory, name('json', 1)));
  writeFileSync(join(directory, name('saving', 2)), 'not empty');
  const others = [
    '.tfjs-longtail',
    '.tfjs-longtail-1-2-3.saving',
    'model.json',
    '.saving',
    name('saving', 0),
  ];
  for (const other of [...others, name('saving', '01')]) writeFileSync(join(directory, other), '');
  const before = readdirSync(directory);
  t.false(await removeLeftovers(nodeFiles, directory));
  t.deepEqual(readdirSync(directory), before);
});

test('names differ from save to save', (t) => {
  const [first, second] = [new Temporaries(), new Temporaries()];
  t.not(first.name('json'), second.name('json'));
  t.not(first.name('json'), first.name('weights'));
  first.end();
  second.end();
});

test('containers with one host name but separate process ids count as different machines', (t) => {
  const host = (namespace: string) => {
    const script = `
      require('node:fs').readlinkSync = () => {${namespace}};
      const {Temporaries} = require('./src/io/files/temporaries');
      process.stdout.write(new Temporaries().name('json'));`;
    const args = ['--require', 'tsx/cjs', '--eval', script];
    return /^\.tfjs-longtail-([0-9a-f]{8})-/.exec(spawnSync(process.execPath, args).stdout.toString())?.[1];
  };
  const [one, two, same, none] = [`return 'pid:[1]'`, `return 'pid:[2]'`, `return 'pid:[1]'`, 'throw 1'].map(
    host,
  );
  t.is(new Set([one, two, none]).size, 3);
  t.is(same, one);
  t.truthy(none);
});
