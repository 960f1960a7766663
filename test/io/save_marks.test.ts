import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync, utimesSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import {threadId} from 'node:worker_threads';
import test from 'ava';
import {SaveMarks} from '../../src/io/save_marks';
import {temporaryDirectory} from './temporary';

type Kind = Parameters<SaveMarks['path']>[0];

test('clearing is left to a save that is alone', async (t) => {
  const directory = temporaryDirectory(t);
  const [first, second] = [new SaveMarks(directory), new SaveMarks(directory)];
  await first.begin();
  await second.begin();
  await first.clearAlone(async () => t.fail('the second save may be about to commit'));
  await first.end();
  let cleared = false;
  await second.clearAlone(async () => {
    cleared = true;
  });
  await second.end();
  t.true(cleared);
  t.deepEqual(readdirSync(directory), []);
});

test('a save begins only after another one has cleared', async (t) => {
  const directory = temporaryDirectory(t);
  const [first, second] = [new SaveMarks(directory), new SaveMarks(directory)];
  await first.begin();
  const events: string[] = [];
  let began!: Promise<void>;
  await first.clearAlone(async () => {
    began = second.begin().then(() => {
      events.push('second begins');
    });
    while (!existsSync(second.path('saving'))) await turn();
    // Far longer than a save takes to look around.
    await new Promise((resolve) => setTimeout(resolve, 100));
    events.push('first has cleared');
  });
  await first.end();
  await began;
  await second.end();
  t.deepEqual(events, ['first has cleared', 'second begins']);
});

test('a failing clearAlone leaves no mark behind', async (t) => {
  const directory = temporaryDirectory(t);
  const marks = new SaveMarks(directory);
  await marks.begin();
  await t.throwsAsync(
    marks.clearAlone(() => Promise.reject(new Error('no'))),
    {message: 'no'},
  );
  await marks.end();
  t.deepEqual(readdirSync(directory), []);
});

const RANDOM = '0123456789ab';
const deadPid = spawnSync(process.execPath, ['-e', '0']).pid;
const DAY = 24 * 3600;

/** Whether a mark of that owner, so many seconds old, is still there after another save has begun. */
async function survives(
  directory: string,
  kind: Kind,
  owner: {host?: string; pid?: number; thread?: number},
  age = 0,
) {
  const marks = new SaveMarks(directory);
  const [, prefix, host] = /^(\.tfjs-longtail-)([0-9a-f]{8})-/.exec(basename(marks.path(kind))) ?? [];
  const {pid = process.pid, thread = threadId} = owner;
  const path = join(directory, `${prefix}${owner.host ?? host}-${pid}-${thread}-${RANDOM}.${kind}`);
  writeFileSync(path, '');
  const time = Date.now() / 1000 - age;
  utimesSync(path, time, time);
  await marks.begin();
  await marks.end();
  return existsSync(path);
}

for (const kind of ['saving', 'weights', 'json'] as const) {
  test(`${kind} marks go when their process is dead, and stay while it may be alive`, async (t) => {
    const directory = temporaryDirectory(t);
    t.false(await survives(directory, kind, {pid: deadPid}), 'a dead process');
    t.false(await survives(directory, kind, {}), 'an earlier process that had this process id');
    t.true(await survives(directory, kind, {pid: process.ppid}), 'a living process');
    t.true(await survives(directory, kind, {thread: threadId + 1}), 'another thread');
    t.true(await survives(directory, kind, {host: '00000000', pid: deadPid}), 'another machine');
    t.false(await survives(directory, kind, {pid: process.ppid}, 2 * DAY), 'too long ago');
  });
}

test('nobody waits for the clearing of a dead process, or for long', async (t) => {
  const directory = temporaryDirectory(t);
  t.false(await survives(directory, 'clearing', {pid: deadPid}));
  t.false(await survives(directory, 'clearing', {host: '00000000'}, 61));
});

test('files of others are no marks', async (t) => {
  const directory = temporaryDirectory(t);
  const names = ['.tfjs-longtail', '.tfjs-longtail-1-2-3.saving', 'model.json', 'weights.bin', '.saving'];
  for (const name of names) writeFileSync(join(directory, name), '');
  const marks = new SaveMarks(directory);
  await marks.begin();
  await marks.end();
  t.deepEqual(readdirSync(directory).sort(), names.sort());
});
