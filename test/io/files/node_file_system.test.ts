import {createHash} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import fs from 'node:fs/promises';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {fileSystem, ValueError} from '../../../src/index.node';
import {buildSaver, run} from './start_saver';
import {temporaryDirectory} from './temporary';
import {versionedArtifacts, versionOf} from './versions';

tf.enableProdMode();

const save = (directory: string, artifacts: tf.io.ModelArtifacts) =>
  (fileSystem(directory).save as tf.io.SaveHandler)(artifacts);
const load = (path: string) => (fileSystem(path).load as tf.io.LoadHandler)();
const jsonOf = (directory: string) => JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8'));

const full: tf.io.ModelArtifacts = {
  modelTopology: {class_name: 'Sequential', config: {}},
  format: 'layers-model',
  generatedBy: 'TensorFlow.js tfjs-layers v4.22.0',
  convertedBy: null,
  trainingConfig: {loss: 'mse'} as unknown as tf.io.TrainingConfig,
  userDefinedMetadata: {note: {a: 1}},
  signature: {inputs: {}},
  modelInitializer: {node: []},
  initializerSignature: {outputs: {}},
  weightSpecs: [
    {name: 'a', shape: [2, 3], dtype: 'float32'},
    {name: 'b', shape: [4], dtype: 'bool'},
  ],
  weightData: new Uint8Array(28).map((_, i) => i).buffer,
};

test('restores everything artifacts may hold, in tfjs-node’s format', async (t) => {
  const directory = join(temporaryDirectory(t), 'not/there/yet');
  const {modelArtifactsInfo} = await save(directory, full);
  t.is(modelArtifactsInfo.modelTopologyType, 'JSON');
  t.is(modelArtifactsInfo.weightDataBytes, 28);
  t.deepEqual(await load(join(directory, 'model.json')), full);
  const json = jsonOf(directory);
  const file = `weights.${createHash('sha256')
    .update(new Uint8Array(full.weightData as ArrayBuffer))
    .digest('hex')
    .slice(0, 16)}.bin`;
  t.deepEqual(json.weightsManifest, [{paths: [file], weights: full.weightSpecs}]);
  const {weightSpecs: _specs, weightData: _data, ...others} = full;
  t.deepEqual(json, {...others, weightsManifest: json.weightsManifest});
  t.deepEqual(readdirSync(directory).sort(), ['model.json', file]);
});

test('the same artifacts give the same bytes', async (t) => {
  const directory = temporaryDirectory(t);
  await save(directory, full);
  const first = readFileSync(join(directory, 'model.json'));
  await save(directory, full);
  t.deepEqual(readFileSync(join(directory, 'model.json')), first);
  t.is(readdirSync(directory).length, 2);
});

test('weights may come in shards, as views and as a stream', async (t) => {
  const directory = temporaryDirectory(t);
  const bytes = new Uint8Array(full.weightData as ArrayBuffer);
  const shards = [bytes.slice(0, 5).buffer, bytes.slice(5, 5).buffer, bytes.slice(5).buffer];
  const view = new Uint8Array([9, ...bytes, 9]).subarray(1, 29) as unknown as ArrayBuffer;
  const getWeightStream = () => new Blob(shards).stream() as unknown as ReadableStream<ArrayBuffer>;
  for (const given of [{weightData: shards}, {weightData: view}, {weightData: undefined, getWeightStream}]) {
    await save(directory, {...full, ...given});
    t.deepEqual(await load(join(directory, 'model.json')), full);
  }
});

test('a model without weights has no manifest', async (t) => {
  const directory = temporaryDirectory(t);
  const topologyOnly = {
    modelTopology: {class_name: 'Sequential', config: {}},
    format: 'x',
    generatedBy: 'y',
    convertedBy: null,
  };
  await save(directory, topologyOnly);
  t.deepEqual(readdirSync(directory), ['model.json']);
  t.deepEqual(await load(join(directory, 'model.json')), topologyOnly);
});

// In the Python converter's layout: shards of one group, several groups, strings and quantized weights.
test('reads several groups and shards', async (t) => {
  const directory = temporaryDirectory(t);
  mkdirSync(join(directory, 'more'));
  const strings = Buffer.concat(
    ['ab', 'ü']
      .map((text) => Buffer.from(text))
      .flatMap((text) => [Buffer.from([text.length, 0, 0, 0]), text]),
  );
  const write = (name: string, bytes: Iterable<number>) =>
    writeFileSync(join(directory, name), Buffer.from([...bytes]));
  write('group1-shard1of2.bin', new Uint8Array(new Float32Array([1, 2]).buffer).slice(0, 6));
  write('group1-shard2of2.bin', new Uint8Array(new Float32Array([1, 2]).buffer).slice(6));
  write('more/group2-shard1of1.bin', [0, 128, 255]);
  write('group3-shard1of1.bin', strings);
  const groups = [
    {
      paths: ['group1-shard1of2.bin', 'group1-shard2of2.bin'],
      weights: [{name: 'a', shape: [2], dtype: 'float32'}],
    },
    {
      paths: ['./more/group2-shard1of1.bin'],
      weights: [
        {name: 'b', shape: [3], dtype: 'float32', quantization: {dtype: 'uint8', min: 0, scale: 0.5}},
      ],
    },
    {paths: ['group3-shard1of1.bin'], weights: [{name: 'c', shape: [2], dtype: 'string'}]},
  ];
  write('model.json', Buffer.from(JSON.stringify({modelTopology: {}, weightsManifest: groups})));
  const {weightData, weightSpecs} = await load(join(directory, 'model.json'));
  const weights = tf.io.decodeWeights(weightData as ArrayBuffer, weightSpecs as tf.io.WeightsManifestEntry[]);
  t.deepEqual([...weights.a.dataSync()], [1, 2]);
  t.deepEqual([...weights.b.dataSync()], [0, 64, 127.5]);
  t.deepEqual([...(weights.c.dataSync() as unknown as string[])], ['ab', 'ü']);
});

test('replaces a broken model.json', async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, 'model.json'), '{"modelTopology"');
  await save(directory, versionedArtifacts(1));
  t.is(versionOf(await load(join(directory, 'model.json'))), 1);
});

test('loading names a missing or wrong file', async (t) => {
  const directory = temporaryDirectory(t);
  const path = join(directory, 'model.json');
  const rejects = (expected: RegExp, file = path) =>
    t.throwsAsync(load(file), {instanceOf: ValueError, message: expected});
  const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  await rejects(new RegExp(`${escaped(path)}.* to be a model\\.json file\\. Received: no such file`));
  await rejects(/to be a model\.json file\. Received: "a directory"/, directory);
  writeFileSync(path, '{"modelTopology": ');
  await rejects(new RegExp(`${escaped(path)}.* to be valid JSON`));
  for (const json of ['{}', '3', 'null']) {
    writeFileSync(path, json);
    await rejects(/to be a model\.json with a modelTopology or a weightsManifest/);
  }
  await save(directory, full);
  const weights = join(directory, jsonOf(directory).weightsManifest[0].paths[0]);
  writeFileSync(weights, new Uint8Array(20));
  await rejects(new RegExp(`${escaped(weights)}.* to be a file of 28 bytes of weights\\. Received: 20`));
  writeFileSync(weights, new Uint8Array(30));
  await rejects(/to be a file of 28 bytes of weights\. Received: 30/);
  const json = jsonOf(directory);
  json.weightsManifest[0].paths = [json.weightsManifest[0].paths[0], 'missing.bin'];
  writeFileSync(path, JSON.stringify(json));
  await rejects(/missing\.bin.* to be a file of weights, as .*model\.json lists it\. Received: no such file/);
  writeFileSync(join(directory, 'missing.bin'), '12');
  await rejects(/, .*missing\.bin.* to be files of 28 bytes of weights in all\. Received: \[30, 2\]/);
});

for (const operation of ['stat', 'open'] as const) {
  test.serial(
    `a model replaced while it loads comes back new and complete (before ${operation})`,
    async (t) => {
      const directory = temporaryDirectory(t);
      await save(directory, versionedArtifacts(1));
      const original = fs[operation] as (path: string, ...rest: unknown[]) => Promise<unknown>;
      let replacements = 0;
      const replaceFirst = async (path: string, ...rest: unknown[]) => {
        if (path.startsWith(directory) && path.endsWith('.bin') && replacements < 2) {
          await save(directory, versionedArtifacts(2 + replacements++));
        }
        return original(path, ...rest);
      };
      Object.assign(fs, {[operation]: replaceFirst});
      t.teardown(() => Object.assign(fs, {[operation]: original}));
      t.is(versionOf(await load(join(directory, 'model.json'))), 3);
    },
  );
}

test('saving reports the problem and the path', async (t) => {
  const directory = temporaryDirectory(t);
  const file = join(directory, 'file');
  writeFileSync(file, 'mine');
  for (const path of [file, join(file, 'below')]) {
    const error = await t.throwsAsync(save(path, full));
    t.true(error?.message.startsWith(`Could not save the model to ${path}: `), error?.message);
    t.truthy(error?.cause);
  }
  t.is(readFileSync(file, 'utf8'), 'mine');
  await t.throwsAsync(save(directory, {...full, modelTopology: new ArrayBuffer(8)}), {
    message: /JSON topology/,
  });
  await t.throwsAsync(save(directory, {...full, weightData: undefined}), {message: /`weightData`/});
  t.deepEqual(readdirSync(directory), ['file']);
  t.throws(() => fileSystem(''), {instanceOf: ValueError});
  t.throws(() => fileSystem(3 as never), {instanceOf: ValueError});
});

// A limit on file sizes stands in for a full disk: writes fail halfway.
const unlessWindows = process.platform === 'win32' ? test.skip : test;
unlessWindows('a failed write leaves the previous model and no other files', async (t) => {
  const root = temporaryDirectory(t);
  const directory = join(root, 'model');
  const saver = buildSaver(root);
  await save(directory, versionedArtifacts(1));
  const before = readdirSync(directory);
  const [blocks, values] = ['128', String(2 ** 20)];
  const script = 'ulimit -f "$0" && exec "$@"';
  const args = ['-c', script, blocks, process.execPath, saver, 'once', directory, '2', values];
  const {code, errors} = await run('sh', args);
  t.is(code, 1);
  t.true(errors.startsWith(`Could not save the model to ${directory}: EFBIG`), errors);
  t.deepEqual(readdirSync(directory), before);
  t.is(versionOf(await load(join(directory, 'model.json'))), 1);
});

test('writes weights longer than one chunk completely', async (t) => {
  const directory = temporaryDirectory(t);
  const values = 2 ** 24 + 12345;
  const {buffer: weightData} = new Float32Array(values)
    .fill(1)
    .fill(2, 2 ** 24)
    .fill(3, values - 1);
  await save(directory, {
    ...versionedArtifacts(1, 1),
    weightSpecs: [{name: 'w', shape: [values], dtype: 'float32'}],
    weightData,
  });
  const [file] = jsonOf(directory).weightsManifest[0].paths;
  t.is(statSync(join(directory, file)).size, 4 * values);
  const loaded = new Uint8Array((await load(join(directory, 'model.json'))).weightData as ArrayBuffer);
  t.true(Buffer.from(loaded.buffer).equals(Buffer.from(weightData)));
});
