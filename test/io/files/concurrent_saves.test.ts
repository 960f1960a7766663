import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {NodeFileSystem} from '../../../src/io/files/node_file_system';
import {saveModelFiles} from '../../../src/io/files/save_model_files';
import {watchedFiles} from './failing_files';
import {buildSaver, run} from './start_saver';
import {temporaryDirectory} from './temporary';
import {versionedArtifacts, versionOf} from './versions';

test.serial('saves of one process to one directory happen in call order', async (t) => {
  const directory = temporaryDirectory(t);
  const finished: number[] = [];
  const versions = [3, 1, 4, 1, 5];
  await Promise.all(
    versions.map(async (version) => {
      // With a new handler each time, and the path written differently.
      await new NodeFileSystem(`${directory}/x/${'../x/'.repeat(version)}`).save(versionedArtifacts(version));
      finished.push(version);
    }),
  );
  t.deepEqual(finished, versions);
  t.is(versionOf(await new NodeFileSystem(join(directory, 'x/model.json')).load()), 5);
  t.is(readdirSync(join(directory, 'x')).length, 2);
});

test.serial(
  'a save called while another is running waits for it, even if an earlier one has ended',
  async (t) => {
    const directory = temporaryDirectory(t);
    const order: number[] = [];
    const save = (version: number) =>
      saveModelFiles(
        directory,
        versionedArtifacts(version),
        watchedFiles(() => {
          order.push(version);
        }),
      );
    const [first, second] = [save(1), save(2)];
    await first;
    await Promise.all([second, save(3)]);
    t.deepEqual([...new Set(order)], [1, 2, 3]);
    t.true(order.lastIndexOf(2) < order.indexOf(3));
  },
);

test.serial('a failed save does not stop the next one', async (t) => {
  const directory = temporaryDirectory(t);
  const handler = new NodeFileSystem(directory);
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const [first, second] = await Promise.allSettled([
    handler.save({...versionedArtifacts(1), modelTopology: cyclic}),
    handler.save(versionedArtifacts(2)),
  ]);
  t.is(first.status, 'rejected');
  t.is(second.status, 'fulfilled');
  t.is(readdirSync(directory).length, 2);
});

// Both processes write versions 1 and 2 in turn, so that each deletes, as the old model's, the weights file that the
// other is about to reference.
test.serial('two processes saving to one directory never leave a model without its weights', async (t) => {
  const root = temporaryDirectory(t);
  const saver = buildSaver(root);
  const directory = join(root, 'model');
  await new NodeFileSystem(directory).save(versionedArtifacts(1));
  let running = 2;
  const savers = ['12', '21'].map(async (order) => {
    const ended = await run(process.execPath, [saver, 'times', '60', directory, ...order]);
    running--;
    return ended;
  });
  const seen: unknown[] = [];
  const load = async () => versionOf(await new NodeFileSystem(join(directory, 'model.json')).load());
  while (running > 0) seen.push(await load());
  for (const {code, errors} of await Promise.all(savers)) t.is(code, 0, errors);
  seen.push(await load());
  t.deepEqual(
    seen.filter((version) => version !== 1 && version !== 2),
    [],
  );
  const [{paths}] = JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8')).weightsManifest;
  t.true(existsSync(join(directory, paths[0])));
  t.log(`${seen.length} loads meanwhile`);

  await new NodeFileSystem(directory).save(versionedArtifacts(3));
  t.is(readdirSync(directory).length, 2, 'the next save alone removes what the two could not');
});
