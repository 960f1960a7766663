import {readdirSync} from 'node:fs';
import {join, relative} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import '../../../src/index.node';
import {temporaryDirectory} from './temporary';

tf.enableProdMode();

const dense = () =>
  tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3], activation: 'softmax'})]});

test.serial('saves and loads a LayersModel, which trains on as before', async (t) => {
  const directory = join(temporaryDirectory(t), 'models/mine');
  const xs = tf.tensor2d([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const ys = tf.tensor2d([
    [0, 1],
    [1, 0],
  ]);
  const model = dense();
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  await model.fit(xs, ys, {verbose: 0, shuffle: false});
  await model.save(`file://${directory}`, {includeOptimizer: true});
  const again = await tf.loadLayersModel(`file://${directory}/model.json`);
  await model.fit(xs, ys, {verbose: 0, shuffle: false});
  await again.fit(xs, ys, {verbose: 0, shuffle: false});
  const weights = (of: tf.LayersModel) => of.getWeights().map((weight) => [...weight.dataSync()]);
  t.deepEqual(weights(again), weights(model));
  t.deepEqual(again.metricsNames, model.metricsNames);
});

test.serial('relative paths are relative to the working directory', async (t) => {
  const directory = temporaryDirectory(t);
  const model = dense();
  const path = relative(process.cwd(), directory);
  await model.save(`file://${path}`);
  t.is(readdirSync(directory).length, 2);
  const again = await tf.loadLayersModel(`file://${path}/model.json`);
  t.deepEqual([...again.getWeights()[0].dataSync()], [...model.getWeights()[0].dataSync()]);
});

test.serial('loads a GraphModel', async (t) => {
  const directory = temporaryDirectory(t);
  const attr = {dtype: {type: 'DT_FLOAT'}, T: {type: 'DT_FLOAT'}};
  const node = [
    {name: 'x', op: 'Placeholder', attr: {dtype: attr.dtype, shape: {shape: {dim: [{size: '2'}]}}}},
    {
      name: 'w',
      op: 'Const',
      attr: {dtype: attr.dtype, value: {tensor: {dtype: 'DT_FLOAT', tensorShape: {dim: [{size: '2'}]}}}},
    },
    {name: 'y', op: 'Mul', input: ['x', 'w'], attr: {T: attr.T}},
  ];
  const [handler] = tf.io.getSaveHandlers(`file://${directory}`);
  await (handler.save as tf.io.SaveHandler)({
    modelTopology: {node, versions: {producer: 1}},
    format: 'graph-model',
    weightSpecs: [{name: 'w', shape: [2], dtype: 'float32'}],
    weightData: new Float32Array([10, 20]).buffer,
  });
  const model = await tf.loadGraphModel(`file://${directory}/model.json`);
  t.deepEqual([...(model.predict(tf.tensor1d([1, 2])) as tf.Tensor).dataSync()], [10, 40]);
});

test.serial('leaves other URLs to other handlers', (t) => {
  for (const url of ['http://localhost/model.json', 'mine', ['file://a.pb', 'file://a.json']]) {
    const ours = [...tf.io.getSaveHandlers(url), ...tf.io.getLoadHandlers(url)].filter(
      (handler) => handler.constructor.name === 'NodeFileSystem',
    );
    t.deepEqual(ours, []);
  }
});

test.serial('a second copy of the package adds no second handler', (t) => {
  for (const file of Object.keys(require.cache))
    if (/[\\/]src[\\/]io[\\/]/.test(file)) delete require.cache[file];
  const {registerFileRouter} =
    require('../../../src/io/files/file_router') as typeof import('../../../src/io/files/file_router');
  registerFileRouter(() => {});
  registerFileRouter(() => {});
  t.is(tf.io.getLoadHandlers('file://model.json').length, 1);
  t.is(tf.io.getSaveHandlers('file://model').length, 1);
});

// Last, as routers cannot be unregistered. test/native tries the real tfjs-node.
test.serial('steps aside for any other handler of a URL', async (t) => {
  let answers = true;
  const artifacts = {
    modelTopology: {training_config: {loss: 'mse', optimizer_config: {class_name: 'SGD', config: {lr: 0.1}}}},
  };
  class Other implements tf.io.IOHandler {
    async load() {
      return artifacts;
    }
  }
  const other = new Other();
  const router = (url: string | string[]) =>
    (answers && String(url).startsWith('file://other') ? other : null) as tf.io.IOHandler;
  tf.io.registerLoadRouter(router);
  tf.io.registerSaveRouter(router);
  t.deepEqual(tf.io.getLoadHandlers('file://other/model.json'), [other]);
  t.deepEqual(tf.io.getSaveHandlers('file://other'), [other]);
  t.is(tf.io.getLoadHandlers('file://mine/model.json').length, 1);
  const {trainingConfig} = (await other.load()) as tf.io.ModelArtifacts;
  t.is(
    trainingConfig?.loss,
    'mean_squared_error',
    'the other handler passes on the training configuration too',
  );
  answers = false;
  t.not(tf.io.getLoadHandlers('file://other/model.json')[0], other);
  t.is(tf.io.getSaveHandlers('file://other').length, 1);
});

test.serial('still works after another router throws', (t) => {
  let throws = true;
  tf.io.registerLoadRouter(() => {
    if (throws) throw new Error('broken router');
    return null as unknown as tf.io.IOHandler;
  });
  t.throws(() => tf.io.getLoadHandlers('file://mine/model.json'), {message: 'broken router'});
  throws = false;
  t.is(tf.io.getLoadHandlers('file://mine/model.json').length, 1);
});
