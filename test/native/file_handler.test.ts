import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {EqualizationLoss, fileSystem} from '../../src/index.node';
import {freqInfo, smallData, smallModel, weightsOf} from '../helpers/models';
import {useTfjsNode} from '../helpers/native';
import {run} from '../io/files/start_saver';
import {temporaryDirectory} from '../io/files/temporary';

test.before(useTfjsNode);

const theirs = (path: string): tf.io.IOHandler => require('@tensorflow/tfjs-node').io.fileSystem(path);

async function trainedModel(): Promise<tf.Sequential> {
  const model = smallModel();
  model.compile({
    optimizer: 'adam',
    loss: new EqualizationLoss({lambda: 0.05, freqInfo}),
    metrics: ['accuracy'],
  });
  const {xs, ys} = smallData();
  await model.fit(xs, ys, {epochs: 1, verbose: 0});
  model.setUserDefinedMetadata({note: {a: 1}});
  return model;
}

const jsonOf = (directory: string) => JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8'));

test.serial('one handler answers, whichever of the two was loaded first', async (t) => {
  for (const order of [
    ['ours', 'theirs'],
    ['theirs', 'ours'],
  ]) {
    const script = join(__dirname, 'load_order.ts');
    const args = ['-r', 'tsx/cjs', script, temporaryDirectory(t), ...order];
    const {code, output, errors} = await run(process.execPath, args);
    t.is(code, 0, errors);
    t.deepEqual(
      JSON.parse(output.slice(output.indexOf('{'))),
      {saveHandlers: [true], loadHandlers: [true], sameWeights: true, loss: 'categoricalCrossentropy'},
      order.join(' first, then '),
    );
  }
});

test.serial('either loads what the other saved', async (t) => {
  const model = await trainedModel();
  const [ourDirectory, theirDirectory] = [temporaryDirectory(t), temporaryDirectory(t)];
  await model.save(fileSystem(ourDirectory), {includeOptimizer: true});
  await model.save(theirs(theirDirectory), {includeOptimizer: true});
  const {weightsManifest: ours, ...ourJson} = jsonOf(ourDirectory);
  const {weightsManifest: others, ...theirJson} = jsonOf(theirDirectory);
  t.deepEqual(ourJson, theirJson);
  t.deepEqual(ours[0].weights, others[0].weights);
  t.deepEqual(
    readFileSync(join(ourDirectory, ours[0].paths[0])),
    readFileSync(join(theirDirectory, 'weights.bin')),
  );

  const ourFile = join(ourDirectory, 'model.json');
  const theirFile = join(theirDirectory, 'model.json');
  const {xs, ys} = smallData();
  await model.fit(xs, ys, {epochs: 1, verbose: 0, shuffle: false});
  for (const handler of [theirs(ourFile), fileSystem(theirFile), fileSystem(ourFile)]) {
    const again = await tf.loadLayersModel(handler);
    t.true((again.loss as unknown) instanceof EqualizationLoss);
    t.deepEqual(again.getUserDefinedMetadata(), {note: {a: 1}});
    await again.fit(xs, ys, {epochs: 1, verbose: 0, shuffle: false});
    t.deepEqual(weightsOf(again), weightsOf(model));
  }
});

test.serial('shards and groups load as they do there', async (t) => {
  const directory = temporaryDirectory(t);
  const model = await trainedModel();
  await model.save(theirs(directory));
  const json = jsonOf(directory);
  const bytes = readFileSync(join(directory, 'weights.bin'));
  const [{weights}] = json.weightsManifest;
  // The first kernel, 4 × 8, in two shards that cut a number apart; the rest in a second group.
  const parts = {
    'group1-shard1of2.bin': [0, 50],
    'group1-shard2of2.bin': [50, 128],
    'group2-shard1of1.bin': [128],
  };
  for (const [name, range] of Object.entries(parts))
    writeFileSync(join(directory, name), bytes.subarray(...range));
  const [first, second, third] = Object.keys(parts);
  json.weightsManifest = [
    {paths: [first, second], weights: weights.slice(0, 1)},
    {paths: [third], weights: weights.slice(1)},
  ];
  writeFileSync(join(directory, 'model.json'), JSON.stringify(json));
  const file = join(directory, 'model.json');
  const ourArtifacts = await (fileSystem(file).load as tf.io.LoadHandler)();
  t.deepEqual(ourArtifacts, await (theirs(file).load as tf.io.LoadHandler)());
  t.deepEqual(weightsOf(await tf.loadLayersModel(fileSystem(file))), weightsOf(model));
});

test.serial('saving over what tfjs-node saved deletes nothing of its', async (t) => {
  const directory = temporaryDirectory(t);
  const model = await trainedModel();
  await model.save(theirs(directory));
  t.deepEqual(readdirSync(directory).sort(), ['model.json', 'weights.bin']);
  await model.save(fileSystem(directory));
  const [{paths}] = jsonOf(directory).weightsManifest;
  // A name without a content hash may be anybody's.
  t.deepEqual(readdirSync(directory).sort(), ['model.json', 'weights.bin', ...paths].sort());
  const file = join(directory, 'model.json');
  t.deepEqual(weightsOf(await tf.loadLayersModel(fileSystem(file))), weightsOf(model));
});
