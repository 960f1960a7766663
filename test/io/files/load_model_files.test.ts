import {
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {fileSystem, ValueError} from '../../../src/index.node';
import {loadModelFiles} from '../../../src/io/files/load_model_files';
import {saveModelFiles} from '../../../src/io/files/save_model_files';
import {watchedFiles} from './failing_files';
import {temporaryDirectory} from './temporary';
import {versionedArtifacts} from './versions';

const unlessWindows = process.platform === 'win32' ? test.skip : test;

const SPEC = {name: 'w', shape: [1], dtype: 'float32'};
function write(directory: string, weightsManifest: unknown): string {
  const path = join(directory, 'model.json');
  writeFileSync(path, JSON.stringify({modelTopology: {}, weightsManifest}));
  return path;
}
const load = (path: string, allowOutside?: boolean) =>
  fileSystem(path, {allowOutside}).load?.() as Promise<{weightData: ArrayBuffer}>;

unlessWindows('reads weights outside the folder only if allowed', async (t) => {
  const root = realpathSync(temporaryDirectory(t));
  const folder = join(root, 'model');
  mkdirSync(join(folder, 'sub/%2e%2e'), {recursive: true});
  const file = join(root, 'w.bin');
  writeFileSync(file, 'abcd');
  writeFileSync(join(folder, 'sub/%2e%2e/w.bin'), 'abcd');
  symlinkSync('../w.bin', join(folder, 'link.bin'));
  symlinkSync(root, join(folder, 'up'));
  const outside = ['../w.bin', 'sub/../../w.bin', file, 'link.bin', 'up/w.bin', 'sub/%2e%2e/%2e%2e/w.bin'];
  for (const [i, name] of outside.entries()) {
    const path = write(folder, [
      {paths: [], weights: []},
      {paths: [name], weights: [SPEC]},
    ]);
    for (const refused of [undefined, false]) {
      const error = await t.throwsAsync(load(path, refused), {instanceOf: ValueError});
      t.true(error?.message.includes(`weightsManifest[1].paths[0] of ${path}`), error?.message);
      t.true(error?.message.includes('allowOutside'));
      t.true(error?.message.includes(JSON.stringify(name)));
    }
    if (i < 5) t.is(Buffer.from((await load(path, true)).weightData).toString(), 'abcd', name);
  }
  for (const name of ['a\0b', 'C:\\w.bin', '\\\\host\\w.bin', '%2e%2e/w.bin', '%2Fetc/passwd', 'a%00b']) {
    await t.throwsAsync(load(write(folder, [{paths: [name], weights: [SPEC]}])), {
      instanceOf: ValueError,
      message: /weightsManifest\[0\]\.paths\[0\]/,
    });
  }
});

unlessWindows('follows links that stay in the folder, even if the folder is reached by one', async (t) => {
  const root = realpathSync(temporaryDirectory(t));
  mkdirSync(join(root, 'model/sub'), {recursive: true});
  writeFileSync(join(root, 'model/sub/w.bin'), 'abcd');
  symlinkSync('sub/w.bin', join(root, 'model/link.bin'));
  symlinkSync('model', join(root, 'latest'));
  write(join(root, 'model'), [{paths: ['link.bin'], weights: [SPEC]}]);
  for (const folder of ['model', 'latest'])
    t.is(Buffer.from((await load(join(root, folder, 'model.json'))).weightData).toString(), 'abcd');
});

test('file:// URLs read nothing outside the folder', async (t) => {
  const root = temporaryDirectory(t);
  mkdirSync(join(root, 'model'));
  writeFileSync(join(root, 'w.bin'), 'abcd');
  const path = write(join(root, 'model'), [{paths: ['../w.bin'], weights: [SPEC]}]);
  const {io} = await import('@tensorflow/tfjs');
  const [handler] = io.getLoadHandlers(`file://${path}`);
  await t.throwsAsync(handler.load?.() as Promise<unknown>, {message: /inside the folder/});
});

test('options are checked', (t) => {
  t.throws(() => fileSystem('x', {allowOutsid: true} as never), {
    instanceOf: ValueError,
    message: /allowOutside/,
  });
  t.throws(() => fileSystem('x', {allowOutside: 1} as never), {
    instanceOf: ValueError,
    message: /allowOutside/,
  });
  t.throws(() => fileSystem('a\0b'), {instanceOf: ValueError});
});

// The memory that a load takes, in bytes, and its error.
async function refused(path: string) {
  const before = process.memoryUsage().arrayBuffers;
  const start = performance.now();
  const error = (await load(path).catch((reason) => reason)) as Error;
  return {error, bytes: process.memoryUsage().arrayBuffers - before, ms: performance.now() - start};
}

test.serial('checks lengths against the bytes present before allocating memory', async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, 'w.bin'), new Uint8Array(184));
  const large: Array<[object, RegExp]> = [
    [{shape: [1e7], dtype: 'string'}, /at least 40000000 bytes of weights\. Received: 184/],
    [{shape: [2 ** 40], dtype: 'float32'}, /a file of 4398046511104 bytes/],
    [{shape: [1e200]}, /weights\[0\]\.shape/],
    [{shape: [2 ** 30, 2 ** 30]}, /weights\[0\]\.shape/],
    [{shape: [1e9], dtype: 'float32', quantization: {dtype: 'uint8', min: 0, scale: 1}}, /1000000000 bytes/],
  ];
  for (const [change, message] of large) {
    const path = write(directory, [{paths: ['w.bin'], weights: [{...SPEC, ...change}]}]);
    const {error, bytes, ms} = await refused(path);
    t.true(error instanceof ValueError);
    t.regex(error.message, message);
    t.true(bytes < 2 ** 20 && ms < 5000, `${bytes} bytes, ${ms} ms`);
  }
});

test('strings must fill their files', async (t) => {
  const directory = temporaryDirectory(t);
  const file = Buffer.from([2, 0, 0, 0, 97, 98, 1, 0, 0, 0, 99]);
  const strings = {name: 'a', shape: [2], dtype: 'string'};
  const path = write(directory, [{paths: ['w.bin'], weights: [strings]}]);
  writeFileSync(join(directory, 'w.bin'), file);
  t.is((await load(path)).weightData.byteLength, 11);
  const lying = Buffer.from(file);
  lying.writeUInt32LE(0xffffffff, 0);
  for (const content of [lying, file.subarray(0, 10), Buffer.concat([file, file])]) {
    writeFileSync(join(directory, 'w.bin'), content);
    await t.throwsAsync(load(path), {instanceOf: ValueError, message: /w\.bin.* filled exactly by strings/});
  }
});

test.serial('a file listed many times does not take memory each time', async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, 'w.bin'), '');
  truncateSync(join(directory, 'w.bin'), 2 ** 30);
  const paths = Array.from({length: 64}, (_, i) => (i % 2 ? 'w.bin' : './w.bin'));
  const path = write(directory, [{paths, weights: [{name: 'a', shape: [2 ** 34], dtype: 'float32'}]}]);
  const {error, bytes} = await refused(path);
  t.regex(error.message, /weightsManifest\[0\]\.paths\[1\].* a file that is listed once/);
  t.true(bytes < 2 ** 20);
});

test.serial('refuses a model.json longer than any string, without reading it', async (t) => {
  const path = write(temporaryDirectory(t), []);
  truncateSync(path, 2 ** 30);
  const {error, bytes} = await refused(path);
  t.true(error instanceof ValueError);
  t.regex(error.message, /bytes long\. Received: 1073741824/);
  t.true(bytes < 2 ** 20);
});

test('waits for weights that are briefly set aside, but not long for missing ones', async (t) => {
  const directory = temporaryDirectory(t);
  await saveModelFiles(directory, versionedArtifacts(1, 10));
  const path = join(directory, 'model.json');
  const {weightsManifest} = (await loadModelFiles(path)).modelJSON;
  const [weights, aside] = [weightsManifest[0].paths[0], 'aside'].map((name) => join(directory, name));
  renameSync(weights, aside);
  setTimeout(() => renameSync(aside, weights), 15);
  t.is((await loadModelFiles(path)).weights?.data.byteLength, 40);
  renameSync(weights, aside);
  const start = performance.now();
  await t.throwsAsync(loadModelFiles(path), {instanceOf: ValueError, message: /no such file/});
  t.true(performance.now() - start < 2000);
});

test('reads again a model.json that is overwritten in place while it is read', async (t) => {
  const path = write(temporaryDirectory(t), []);
  const whole = readFileSync(path);
  writeFileSync(path, '{"modelTopology"');
  // Give the first version of the file an old time.
  utimesSync(path, 1, 1);
  let readings = 0;
  const files = watchedFiles((operation) => {
    if (operation === 'readFile') readings++;
    // After the first reading, before checking whether the file is the same.
    if (operation === 'stat' && readings === 1) writeFileSync(path, whole);
  });
  t.deepEqual((await loadModelFiles(path, {files})).modelJSON.modelTopology, {} as never);
  t.is(readings, 2);
});

test('gives up on a model that is replaced endlessly', async (t) => {
  const directory = temporaryDirectory(t);
  await saveModelFiles(directory, versionedArtifacts(1, 10));
  const path = join(directory, 'model.json');
  let readings = 0;
  const files = watchedFiles((operation) => {
    if (operation !== 'readFile') return;
    writeFileSync(`${path}.new`, `{"version": ${++readings}`);
    renameSync(`${path}.new`, path);
  });
  await t.throwsAsync(loadModelFiles(path, {files}), {instanceOf: ValueError, message: /valid JSON/});
  t.is(readings, 100);
});
