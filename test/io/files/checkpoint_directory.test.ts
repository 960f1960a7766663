import {existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {io} from '@tensorflow/tfjs-core';
import test from 'ava';
import {CheckpointDirectory} from '../../../src/io/files/checkpoint_directory';
import {failingFiles} from './failing_files';
import {temporaryDirectory} from './temporary';
import {versionedArtifacts, versionOf} from './versions';

const name = (n: number) => `checkpoint-00000${n}-epoch-${n}`;
const save = (store: CheckpointDirectory, n: number) =>
  (store.handler(name(n)).save as io.SaveHandler)(versionedArtifacts(n, 100));
const loaded = async (store: CheckpointDirectory, n: number) =>
  versionOf(await (store.handler(name(n)).load as io.LoadHandler)());

/** Like the callback: saves one checkpoint, then deletes all but the last two. */
async function step(store: CheckpointDirectory, n: number): Promise<void> {
  await save(store, n);
  for (const old of (await store.list()).sort().reverse().slice(2)) await store.remove(old);
}

test('lists only complete checkpoints with its own names', async (t) => {
  const root = temporaryDirectory(t);
  const store = new CheckpointDirectory(join(root, 'x'));
  t.deepEqual(await store.list(), []);
  await save(store, 1);
  for (const other of ['notes', 'checkpoint-1-epoch-1', name(2)]) mkdirSync(join(root, 'x', other));
  writeFileSync(join(root, 'x', 'notes', 'model.json'), '{}');
  writeFileSync(join(root, 'x', name(3)), 'a file');
  t.deepEqual(await store.list(), [name(1)]);
  t.is(await loaded(store, 1), 1);
  await t.throwsAsync(store.remove('../x'), {message: /`name`/});
  for (const path of ['', 'a\0', 1])
    t.throws(() => new CheckpointDirectory(path as string), {name: 'ValueError'});
});

test("deletes what this package wrote, and keeps users' files", async (t) => {
  const root = temporaryDirectory(t);
  const store = new CheckpointDirectory(root);
  for (const n of [1, 2]) await save(store, n);
  writeFileSync(join(root, name(1), 'notes.txt'), 'mine');
  for (const n of [1, 2]) await store.remove(name(n));
  t.deepEqual(readdirSync(root), [name(1)]);
  t.deepEqual(readdirSync(join(root, name(1))), ['notes.txt']);
  t.deepEqual(await store.list(), []);
});

test('each operation fails in turn: at least two complete checkpoints, and no litter after the next save', async (t) => {
  for (let n = 1; ; n++) {
    const root = temporaryDirectory(t);
    for (const version of [1, 2]) await step(new CheckpointDirectory(root), version);
    const {files, done} = failingFiles(n);
    const failed = await step(new CheckpointDirectory(root, files), 3).then(
      () => false,
      () => true,
    );
    const store = new CheckpointDirectory(root);
    const left = (await store.list()).sort();
    t.true(left.length >= 2, `operation ${n} left ${left.join()}`);
    t.true(failed || left.includes(name(3)));
    for (const entry of left) t.is(await loaded(store, Number(entry.at(-1))), Number(entry.at(-1)));
    await step(store, 4);
    t.is(readdirSync(root).length, 2, `litter of operation ${n}: ${readdirSync(root).join()}`);
    for (const entry of readdirSync(root))
      t.is(readdirSync(join(root, entry)).length, 2, `in ${entry} of ${n}`);
    t.true(existsSync(join(root, name(4), 'model.json')));
    if (done() >= n) continue;
    t.log(`${n - 1} operations`);
    break;
  }
});

test('each operation of a list and a load fails in turn: the error is passed on', async (t) => {
  const root = temporaryDirectory(t);
  await save(new CheckpointDirectory(root), 1);
  for (let n = 1; ; n++) {
    const {files, done} = failingFiles(n);
    const store = new CheckpointDirectory(root, files);
    const result = await store
      .list()
      .then(
        () => loaded(store, 1),
        (error) => Promise.reject(error),
      )
      .catch((error) => error);
    if (done() < n) {
      t.is(result, 1);
      break;
    }
    t.regex(result.message, /EIO/, `operation ${n}`);
  }
});
