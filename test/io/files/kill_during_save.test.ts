import {readdirSync} from 'node:fs';
import {cpus} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {NodeFileSystem} from '../../../src/io/files/node_file_system';
import {buildSaver, run} from './start_saver';
import {temporaryDirectory} from './temporary';
import {versionedArtifacts, versionOf} from './versions';

const KILLS = 100;

const loadedVersion = async (directory: string) =>
  versionOf(await new NodeFileSystem(join(directory, 'model.json')).load());

// Kills a process that keeps saving versions 1 and 2, at a random moment of a random save.
test.serial(`${KILLS} × kill -9 during saves: the model is always complete`, async (t) => {
  const root = temporaryDirectory(t);
  const saver = buildSaver(root);
  const survivors: unknown[] = [];
  let unfinished = 0;
  let longest = 0;
  // The first save of a process is the slowest: its duration covers several later ones.
  const killOne = async (directory: string) => {
    let dying = false;
    const {signal} = await run(process.execPath, [saver, 'forever', directory, '1', '2'], (output, child) => {
      if (dying) return;
      dying = true;
      const saveMs = Number(output.split('\n')[0]);
      longest = Math.max(longest, saveMs);
      setTimeout(() => child.kill('SIGKILL'), Math.random() * saveMs);
    });
    t.is(signal, 'SIGKILL');
    survivors.push(await loadedVersion(directory));
    if (readdirSync(directory).length > 2) unfinished++;
  };
  const lane = async (directory: string, kills: number) => {
    for (let i = 0; i < kills; i++) await killOne(directory);
  };
  const lanes = Math.min(2, cpus().length);
  await Promise.all(Array.from({length: lanes}, (_, i) => lane(join(root, `lane${i}`), KILLS / lanes)));

  t.is(survivors.length, KILLS);
  t.deepEqual(
    survivors.filter((version) => version !== 1 && version !== 2),
    [],
  );
  t.true(survivors.includes(1) && survivors.includes(2));
  t.true(unfinished > KILLS / 2, `only ${unfinished} kills hit a save`);
  t.log(`${unfinished} of ${KILLS} kills hit a save; the slowest first save took ${longest.toFixed(1)} ms`);
  for (let i = 0; i < lanes; i++) {
    const directory = join(root, `lane${i}`);
    await new NodeFileSystem(directory).save(versionedArtifacts(3));
    t.is(await loadedVersion(directory), 3);
    t.is(readdirSync(directory).length, 2, 'leftovers of the killed processes are gone');
  }
});

// All save the same two versions, so that each deletes weights that another is about to reference.
test.serial(`${KILLS / 4} × kill -9 of one of three processes saving to one directory`, async (t) => {
  const root = temporaryDirectory(t);
  const saver = buildSaver(root);
  const directory = join(root, 'model');
  await new NodeFileSystem(directory).save(versionedArtifacts(1));
  const survivors: unknown[] = [];
  const lane = async (kills: number) => {
    for (let i = 0; i < kills; i++) {
      let dying = false;
      await run(process.execPath, [saver, 'forever', directory, '1', '2'], (_output, child) => {
        if (!dying) setTimeout(() => child.kill('SIGKILL'), Math.random() * 100);
        dying = true;
      });
      survivors.push(await loadedVersion(directory));
    }
  };
  await Promise.all([9, 8, 8].map(lane));
  t.is(survivors.length, KILLS / 4);
  t.deepEqual(
    survivors.filter((version) => version !== 1 && version !== 2),
    [],
  );
  await new NodeFileSystem(directory).save(versionedArtifacts(3));
  t.is(await loadedVersion(directory), 3);
  t.is(readdirSync(directory).length, 2, 'leftovers of the killed processes are gone');
});

test.serial(
  'killed in each of its file operations in turn, a save leaves the old model or the new one',
  async (t) => {
    const root = temporaryDirectory(t);
    const saver = buildSaver(root);
    const survivors: unknown[] = [];
    for (let step = 1; ; step++) {
      const directory = join(root, String(step));
      await new NodeFileSystem(directory).save(versionedArtifacts(1));
      const {signal, code, errors} = await run(process.execPath, [
        saver,
        'crash',
        String(step),
        directory,
        '2',
      ]);
      survivors.push(await loadedVersion(directory));
      await new NodeFileSystem(directory).save(versionedArtifacts(3));
      t.is(await loadedVersion(directory), 3);
      t.is(readdirSync(directory).length, 2, `step ${step}`);
      if (signal === null) {
        t.is(code, 0, errors);
        break;
      }
    }
    const commit = survivors.indexOf(2);
    t.true(commit > 10, 'the new model is written before it replaces the old one');
    t.deepEqual(
      survivors,
      survivors.map((_, i) => (i < commit ? 1 : 2)),
    );
    t.log(`${survivors.length - 1} file operations, of which number ${commit} commits`);
  },
);
