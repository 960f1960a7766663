// What a user's program does, on whichever runtime and TensorFlow.js it is run with: `check.mjs DIR`. Prints "ok" and what
// it ran on, or fails.
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import {BalancedAccuracy, ClassFrequency, EqualizationLoss, GroupAccuracy, SeesawLoss} from 'tfjs-longtail';
import {registerWasmTrainingKernels} from 'tfjs-longtail/kernels/wasm';
import {classAware, indexedArrays} from 'tfjs-longtail/sampling';
import {checkpoint, resume} from 'tfjs-longtail/training';

const require = createRequire(import.meta.url);
const [directory] = process.argv.slice(2);
const fail = (what) => {
  throw new Error(what);
};
const same = (a, b, what) => JSON.stringify(a) === JSON.stringify(b) || fail(`${what}: ${a} and ${b}`);
const weightsOf = (model) => model.getWeights().map((weight) => Array.from(weight.dataSync()));

const freqInfo = new ClassFrequency({imageCounts: [150, 60, 20, 5, 2], numImages: 200});
const seeded = (seed) => tf.initializers.glorotUniform({seed});
const images = Float32Array.from({length: 20 * 36}, (_, i) => Math.sin(i));
const ys = Int32Array.from({length: 20}, (_, i) => i % 5);

function network(loss) {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({filters: 3, kernelSize: 3, inputShape: [6, 6, 1], kernelInitializer: seeded(1)}),
      tf.layers.batchNormalization(),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.flatten(),
      tf.layers.dense({units: 5, kernelInitializer: seeded(2)}),
    ],
  });
  const metrics = ['accuracy', new BalancedAccuracy(), new GroupAccuracy({group: 'rare', freqInfo})];
  model.compile({optimizer: 'adam', loss, metrics});
  return model;
}

async function checkOn(backend) {
  (await tf.setBackend(backend)) || fail(`no ${backend}`);
  await tf.ready();
  const x = tf.tensor4d(images, [20, 6, 6, 1]);
  const y = tf.tensor1d(ys, 'int32');
  const model = network(new EqualizationLoss({lambda: 0.03, freqInfo, gamma: 0.5, seed: 1}));
  const {history} = await model.fit(x, y, {epochs: 2, batchSize: 8, shuffle: false, verbose: 0});
  for (const values of Object.values(history)) if (!values.every(Number.isFinite)) fail(`history ${values}`);
  await model.save(`file://${directory}/${backend}`, {includeOptimizer: true});
  const again = await tf.loadLayersModel(`file://${directory}/${backend}/model.json`);
  again.loss instanceof EqualizationLoss || fail('the loss');
  same(weightsOf(again), weightsOf(model), 'loaded weights');
  const scores = (of) => of.evaluate(x, y).map((score) => score.dataSync()[0]);
  same(scores(again), scores(model), 'evaluation');
  const more = {epochs: 1, batchSize: 8, shuffle: false, verbose: 0};
  await model.fit(x, y, more);
  await again.fit(x, y, more);
  same(weightsOf(again), weightsOf(model), 'weights after going on');

  const data = () =>
    indexedArrays({xs: {data: images, shape: [20, 6, 6, 1]}, ys}, {batchSize: 8, sampler: classAware});
  const whole = network(new SeesawLoss({numClasses: 5}));
  await whole.fitDataset(data(), {epochs: 2, verbose: 0});
  const part = network(new SeesawLoss({numClasses: 5}));
  const place = `${directory}/${backend}-checkpoints`;
  await part.fitDataset(data(), {epochs: 1, verbose: 0, callbacks: checkpoint(place)});
  const rest = data();
  const run = await resume(place, {data: rest});
  await run.model.fitDataset(rest, {epochs: 2, initialEpoch: run.initialEpoch, verbose: 0});
  same(weightsOf(run.model), weightsOf(whole), 'resumed weights');

  // The same package by require, beside this one by import.
  const required = require('tfjs-longtail');
  const other = new required.EqualizationLoss({lambda: 0.03, freqInfo});
  other instanceof EqualizationLoss || fail('two copies of one class');
  await tf.loadLayersModel(required.fileSystem(`${directory}/${backend}/model.json`));
}

const binaries = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist/');
setWasmPaths(binaries);
registerWasmTrainingKernels();
for (const backend of ['cpu', 'wasm']) await checkOn(backend);
const runtime = globalThis.Bun
  ? `bun ${Bun.version}`
  : globalThis.Deno
    ? `deno ${Deno.version.deno}`
    : `node ${process.version}`;
console.log(`ok: tfjs ${tf.version_core}, ${runtime}`);
