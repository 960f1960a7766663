import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {loadModelFiles} from '../../../src/io/files/load_model_files';
import {saveModelFiles} from '../../../src/io/files/save_model_files';
import {temporaryDirectory} from './temporary';
import {versionedArtifacts, versionOf} from './versions';

const unlessWindows = process.platform === 'win32' ? test.skip : test;

const save = (directory: string, version: number) =>
  saveModelFiles(directory, versionedArtifacts(version, 100));
async function versionAt(path: string): Promise<unknown> {
  const {modelJSON, weights} = await loadModelFiles(path);
  const {weightsManifest: _manifest, ...rest} = modelJSON;
  return versionOf({...rest, weightSpecs: weights?.specs, weightData: weights?.data} as never);
}
const weightsOf = (file: string): string =>
  JSON.parse(readFileSync(file, 'utf8')).weightsManifest[0].paths[0];
const digest = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

test('keeps foreign weights that the previous model.json lists', async (t) => {
  const directory = join(temporaryDirectory(t), 'model');
  mkdirSync(join(directory, 'folder'), {recursive: true});
  const users = [
    '.env',
    'package.json',
    'group1-shard1of1.bin',
    'model.weights.bin',
    'weights.0123456789abcdef.bin',
    'weights.bin',
    'labels.json',
    '../outside.bin',
  ];
  for (const name of users) writeFileSync(join(directory, name), 'mine');
  const paths = [...users, './package.json', 'folder', 'model.json', 'gone.bin'];
  writeFileSync(join(directory, 'model.json'), JSON.stringify({weightsManifest: [{paths, weights: []}]}));
  await save(directory, 1);
  await save(directory, 2);
  for (const name of users) t.is(readFileSync(join(directory, name), 'utf8'), 'mine', name);
  const written = [...users.slice(0, -1), 'folder', 'model.json', weightsOf(join(directory, 'model.json'))];
  t.deepEqual(readdirSync(directory).sort(), written.sort());
});

test('removes the weights of the replaced model, including those of version 0.1', async (t) => {
  const directory = temporaryDirectory(t);
  await save(directory, 1);
  const content = 'as version 0.1 wrote it';
  writeFileSync(join(directory, `weights.${digest(content).slice(0, 16)}.bin`), content);
  await save(directory, 2);
  t.deepEqual(readdirSync(directory).sort(), ['model.json', weightsOf(join(directory, 'model.json'))]);
});

test('a copy of model.json stays loadable, and its weights go once it is deleted', async (t) => {
  const directory = temporaryDirectory(t);
  const [model, best] = [join(directory, 'model.json'), join(directory, 'best.json')];
  await save(directory, 1);
  cpSync(model, best);
  for (const version of [2, 3, 4]) await save(directory, version);
  t.is(await versionAt(best), 1);
  t.is(await versionAt(model), 4);
  t.is(readdirSync(directory).length, 4);
  renameSync(best, join(directory, 'elsewhere'));
  await save(directory, 5);
  t.is(readdirSync(directory).length, 3);
});

unlessWindows('keeps the permissions of model.json, and gives the weights the same', async (t) => {
  const directory = temporaryDirectory(t);
  const model = join(directory, 'model.json');
  await save(directory, 1);
  for (const [i, mode] of [0o600, 0o640, 0o444, 0o666].entries()) {
    chmodSync(model, mode);
    await save(directory, i + 2);
    t.is(statSync(model).mode & 0o777, mode);
    t.is(statSync(join(directory, weightsOf(model))).mode & 0o777, mode);
  }
});

unlessWindows('a linked model.json stays a link; both ends load', async (t) => {
  const root = realpathSync(temporaryDirectory(t));
  const [directory, store] = [join(root, 'model'), join(root, 'store')];
  const model = join(directory, 'model.json');
  mkdirSync(store);
  await save(directory, 1);
  renameSync(model, join(store, 'real.json'));
  symlinkSync('../store/second', model);
  symlinkSync('real.json', join(store, 'second'));
  for (const version of [2, 3]) {
    await save(directory, version);
    t.is(readlinkSync(model), '../store/second');
    t.is(readlinkSync(join(store, 'second')), 'real.json');
    t.true(lstatSync(join(store, 'real.json')).isFile());
    t.is(await versionAt(model), version);
    t.is(await versionAt(join(store, 'real.json')), version);
    const weights = weightsOf(model);
    t.deepEqual(readdirSync(directory).sort(), ['model.json', weights]);
    t.deepEqual(readdirSync(store).sort(), ['real.json', 'second', weights]);
  }
});

unlessWindows(
  'saves through a link in the same directory and a dangling one; refuses a circle',
  async (t) => {
    const directory = temporaryDirectory(t);
    const model = join(directory, 'model.json');
    symlinkSync('v1.json', model);
    await save(directory, 1);
    t.is(readlinkSync(model), 'v1.json');
    t.is(await versionAt(join(directory, 'v1.json')), 1);
    await save(directory, 2);
    t.is(await versionAt(model), 2);
    t.is(readdirSync(directory).length, 3);
    const circle = temporaryDirectory(t);
    symlinkSync('model.json', join(circle, 'model.json'));
    await t.throwsAsync(save(circle, 1), {message: /links/});
    t.deepEqual(readdirSync(circle), ['model.json']);
  },
);

test('avoids a name that a folder or a foreign file holds', async (t) => {
  const directory = temporaryDirectory(t);
  const hash = digest(Buffer.from(versionedArtifacts(1, 100).weightData as ArrayBuffer));
  mkdirSync(join(directory, `weights.${hash.slice(0, 16)}.bin`));
  writeFileSync(join(directory, `weights.${hash.slice(0, 32)}.bin`), 'mine');
  await save(directory, 1);
  t.is(weightsOf(join(directory, 'model.json')), `weights.${hash}.bin`);
  t.is(await versionAt(join(directory, 'model.json')), 1);
  await save(directory, 2);
  t.false(existsSync(join(directory, `weights.${hash}.bin`)));
  t.is(readFileSync(join(directory, `weights.${hash.slice(0, 32)}.bin`), 'utf8'), 'mine');
});

// Each made version 0.1 wait for a minute or forever, fail, or keep all old weights.
const deadPid = spawnSync(process.execPath, ['-e', '0']).pid;
const hostOf01 = digest(hostname()).slice(0, 8);
const MARKS: Record<string, string> = {
  'another host': `.tfjs-longtail-00000000-${deadPid}-0-0123456789ab`,
  'a reused process id': `.tfjs-longtail-${hostOf01}-${process.ppid}-0-0123456789ab`,
  'process id 0': `.tfjs-longtail-${hostOf01}-0-0-0123456789ab`,
  'a thread that has ended': `.tfjs-longtail-${hostOf01}-${process.pid}-99-0123456789ab`,
  'a dead process': `.tfjs-longtail-${hostOf01}-${deadPid}-0-0123456789ab`,
};
for (const [whose, mark] of Object.entries(MARKS)) {
  test(`marks neither delay a save nor keep old weights: those of ${whose}`, async (t) => {
    const directory = temporaryDirectory(t);
    await save(directory, 1);
    const [saving, clearing] = ['saving', 'clearing'].map((kind) => join(directory, `${mark}.${kind}`));
    writeFileSync(saving, '');
    writeFileSync(clearing, '');
    utimesSync(clearing, 4e9, 4e9);
    const folders = ['saving', 'clearing', 'weights', 'json', '0123456789abcdef.old'];
    for (const kind of folders)
      mkdirSync(join(directory, `${mark.replace('0123456789ab', 'ba9876543210')}.${kind}`));
    const start = performance.now();
    for (const version of [2, 3]) await save(directory, version);
    t.true(performance.now() - start < 5000);
    t.is(await versionAt(join(directory, 'model.json')), 3);
    const weights = readdirSync(directory).filter((name) => name.endsWith('.bin'));
    t.deepEqual(weights, [weightsOf(join(directory, 'model.json'))]);
    for (const kind of folders)
      t.true(existsSync(join(directory, `${mark.replace('0123456789ab', 'ba9876543210')}.${kind}`)));
    t.is(existsSync(saving), whose !== 'a dead process', 'removed if its process is known to be gone');
  });
}
