import {cpSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {loadModelFiles} from '../../../src/io/files/load_model_files';
import {NodeFileSystem} from '../../../src/io/files/node_file_system';
import {saveModelFiles} from '../../../src/io/files/save_model_files';
import {failingFiles, watchedFiles} from './failing_files';
import {temporaryDirectory} from './temporary';
import {versionedArtifacts, versionOf} from './versions';

const artifacts = (version: number) => versionedArtifacts(version, 100);
const save = (directory: string, version: number) => saveModelFiles(directory, artifacts(version));
const loaded = async (path: string) => versionOf(await new NodeFileSystem(path).load());

interface Outcome {
  failed: boolean;
  version: unknown;
}

/** Saves version 2 over version 1 again and again, with each operation failing in turn. */
async function failEach(
  t: ExecutionContext,
  prepare: (directory: string) => void,
  check: (directory: string, outcome: Outcome, n: number) => Promise<void> | void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let n = 1; ; n++) {
    const directory = join(temporaryDirectory(t), 'model');
    await save(directory, 1);
    prepare(directory);
    const {files, done} = failingFiles(n);
    const failed = await saveModelFiles(directory, artifacts(2), files).then(
      () => false,
      (error) => {
        t.regex(error.message, /^Could not save the model to .*: EIO/, `operation ${n}`);
        return true;
      },
    );
    const outcome = {failed, version: await loaded(join(directory, 'model.json'))};
    outcomes.push(outcome);
    await check(directory, outcome, n);
    if (done() < n) return outcomes;
  }
}

test('each operation of a save fails in turn: the old model or the new one, and no litter after the next', async (t) => {
  const outcomes = await failEach(
    t,
    () => {},
    async (directory, {failed, version}, n) => {
      t.true(version === 2 || (failed && version === 1), `operation ${n} left ${version}`);
      await save(directory, 3);
      t.is(await loaded(join(directory, 'model.json')), 3);
      t.is(readdirSync(directory).length, 2, `litter of operation ${n}`);
    },
  );
  t.deepEqual(outcomes.at(-1), {failed: false, version: 2});
  t.log(
    `${outcomes.length - 1} operations, of which ${outcomes.filter(({failed}) => failed).length} end a save`,
  );
});

test('a copy of model.json keeps its weights, whichever operation fails', async (t) => {
  await failEach(
    t,
    (directory) => cpSync(join(directory, 'model.json'), join(directory, 'best.json')),
    async (directory, _outcome, n) => {
      t.is(await loaded(join(directory, 'best.json')), 1, `operation ${n}`);
      await save(directory, 3);
      t.is(await loaded(join(directory, 'best.json')), 1);
      t.is(readdirSync(directory).length, 4, `litter of operation ${n}`);
    },
  );
});

test('each operation of the first save into a new directory fails in turn', async (t) => {
  for (let n = 1; ; n++) {
    const directory = join(temporaryDirectory(t), 'a/b');
    const {files, done} = failingFiles(n);
    const failed = await saveModelFiles(directory, artifacts(1), files).then(
      () => false,
      () => true,
    );
    if (!failed) t.is(await loaded(join(directory, 'model.json')), 1);
    await save(directory, 2);
    t.is(await loaded(join(directory, 'model.json')), 2);
    t.is(readdirSync(directory).length, 2, `litter of operation ${n}`);
    if (done() < n) break;
  }
});

test('each operation of a load fails in turn: the error is passed on, files are unchanged, none stays open', async (t) => {
  const directory = temporaryDirectory(t);
  await save(directory, 1);
  const before = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'latin1'));
  for (let n = 1; ; n++) {
    const {files, done} = failingFiles(n);
    const result = await loadModelFiles(join(directory, 'model.json'), {files}).catch((error) => error);
    if (done() < n) {
      t.is(result.modelJSON.modelTopology.version, 1);
      break;
    }
    t.regex(result.message, /EIO/, `operation ${n}`);
  }
  let open = 0;
  const counting = watchedFiles((operation) => {
    if (operation === 'open') open++;
    if (operation === 'close') open--;
    if (operation === 'read') throw new Error('read');
  });
  await t.throwsAsync(loadModelFiles(join(directory, 'model.json'), {files: counting}), {message: 'read'});
  t.is(open, 0);
  t.deepEqual(
    readdirSync(directory).map((name) => readFileSync(join(directory, name), 'latin1')),
    before,
  );
});
